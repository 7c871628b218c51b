package adw.os.process;

import java.nio.charset.StandardCharsets;

/// A command that has ended and what it said. Of very long output the head and the tail are kept;
/// `omitted` counts the bytes left out between them, of both streams together.
@SuppressWarnings("ArrayRecordComponent") // bytes are not compared
public record CommandResult(ExitStatus status, byte[] out, byte[] err, long omitted) {

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
