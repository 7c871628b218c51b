package adw.workflow;

import adw.text.PlainText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The end of what a process said, read from the ends of its logs: a reason and an answer for
/// people, without colours and other control characters.
///
/// @param out up to 4 KB of whole lines of standard output
/// @param lastError the last line of standard error that says something, or ""
public record OutputTail(String out, String lastError) {
  private static final int LENGTH = 4 << 10;

  /// More, since control sequences are taken out.
  private static final int TAIL = 16 << 10;

  /// The same, each text as `words` makes it.
  public OutputTail inWords(UnaryOperator<String> words) {
    return new OutputTail(words.apply(out), words.apply(lastError));
  }

  public static OutputTail of(Path procDir) throws IOException {
    var lines = lines(procDir.resolve("stdout.log"));
    var errors = lines(procDir.resolve("stderr.log"));
    var lastError =
        errors.reversed().stream().map(String::strip).filter(line -> !line.isEmpty()).findFirst();
    return new OutputTail(bounded(lines), lastError.orElse(""));
  }

  /// The last whole lines that fit; of one line that does not, its end.
  private static String bounded(List<String> lines) {
    var text = String.join("\n", lines).strip();
    if (text.length() <= LENGTH) {
      return text;
    }
    var end = text.substring(text.length() - LENGTH);
    var start = end.indexOf('\n');
    return (start < 0 || start > LENGTH / 2 ? end : end.substring(start + 1)).strip();
  }

  private static List<String> lines(Path log) throws IOException {
    var lines = new ArrayList<String>();
    for (var line : tail(log).split("\n", -1)) {
      lines.add(shown(PlainText.lines(line)));
    }
    return lines;
  }

  /// A progress bar writes over itself: what stands there last counts.
  private static String shown(String line) {
    var whole = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    return whole.substring(whole.lastIndexOf('\r') + 1);
  }

  private static String tail(Path log) throws IOException {
    if (!Files.isRegularFile(log)) {
      return "";
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var start = Math.max(0, file.length() - TAIL);
      var bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      return new String(
          bytes,
          firstWhole(bytes, start),
          bytes.length - firstWhole(bytes, start),
          StandardCharsets.UTF_8);
    }
  }

  /// The tail may begin in the middle of a character.
  private static int firstWhole(byte[] bytes, long start) {
    var i = 0;
    while (start > 0 && i < 3 && i < bytes.length && (bytes[i] & 0xc0) == 0x80) {
      i++;
    }
    return i;
  }
}
