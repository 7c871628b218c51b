package adw.os.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A command that has ended and what it said. Of very long output the head and the tail are kept;
/// `omitted` counts the bytes left out between them, of both streams together.
@SuppressWarnings("ArrayRecordComponent") // bytes are not compared
public record CommandResult(ExitStatus status, byte[] out, byte[] err, long omitted) {

  /// Of one whose output went to files; one that said nothing may have left none.
  public static CommandResult read(ExitStatus status, Path out, Path err) throws IOException {
    var said = StreamCapture.of(out);
    var wrong = StreamCapture.of(err);
    return new CommandResult(status, said.bytes(), wrong.bytes(), said.omitted() + wrong.omitted());
  }

  public boolean succeeded() {
    return status instanceof ExitStatus.Exited(var code) && code == 0;
  }

  public String outText() {
    return new String(out, StandardCharsets.UTF_8);
  }

  public String errText() {
    return new String(err, StandardCharsets.UTF_8);
  }

  /// The last line of standard error that says something, or "".
  public String lastErrorLine() {
    return errText()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce("", (_, last) -> last);
  }
}
