package adw.git.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The line in which a program first says what is wrong: not its banner, not its last words.
public final class FirstTrueLine {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\\p{Cntrl}");
  private static final Pattern WRONG =
      Pattern.compile(
          "(?i)\\b(errors?|err!|fail(s|ed|ure|ures)?|fatal|problems?|cannot|could ?n[o']t|can't|not"
              + " found|denied|no"
              + " such|refused?|missing|invalid|unexpected|undefined|exception)\\b|[✖✗❌]");
  private static final Pattern FINE = Pattern.compile("(?i)\\b(0|no) (errors?|fail\\w*|problems?)");
  private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]");

  private FirstTrueLine() {}

  public static Optional<String> find(String text) {
    var lines =
        text.lines()
            .map(line -> COLOURS.matcher(line).replaceAll("").strip())
            .filter(line -> WORDS.matcher(line).find() && !line.startsWith("hint:"))
            .toList();
    return findWrong(lines).or(() -> lines.stream().findFirst());
  }

  private static Optional<String> findWrong(List<String> lines) {
    return lines.stream()
        .filter(line -> WRONG.matcher(FINE.matcher(line).replaceAll("")).find())
        .findFirst();
  }
}
