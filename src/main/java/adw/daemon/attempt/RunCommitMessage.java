package adw.daemon.attempt;

import adw.run.Run;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The message of the commit that the daemon makes of a run's work.
final class RunCommitMessage {
  private static final int SUBJECT = 72;
  private static final int MAX_BODY = 4096;

  private RunCommitMessage() {}

  static String of(Run run, String words) {
    var message = new StringBuilder(subject(run.order().text())).append('\n');
    var body = body(words);
    if (!body.isEmpty()) {
      message.append('\n').append(body).append('\n');
    }
    return message
        .append("\nAdw-Run: ")
        .append(run.id())
        .append("\nAdw-Workflow: ")
        .append(run.order().workflow().name())
        .append('\n')
        .toString();
  }

  /// The task's text without tags, cut at a word.
  static String subject(String text) {
    var subject =
        Arrays.stream(text.split("\\s+"))
            .filter(word -> !word.matches("#[A-Za-z][A-Za-z0-9_-]*"))
            .collect(Collectors.joining(" "))
            .strip();
    if (subject.isEmpty()) {
      return "Task without words";
    }
    if (subject.codePointCount(0, subject.length()) <= SUBJECT) {
      return subject;
    }
    var cut = subject.substring(0, subject.offsetByCodePoints(0, SUBJECT - 1));
    var blank = cut.lastIndexOf(' ');
    return (blank > SUBJECT / 2 ? cut.substring(0, blank) : cut) + "…";
  }

  /// Lines that git would read as comments or trailers of ours are kept out by an indent.
  private static String body(String words) {
    var text = words.strip();
    if (text.length() > MAX_BODY) {
      var from = text.length() - MAX_BODY;
      text = text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
    return text.lines()
        .map(line -> line.startsWith("#") || line.startsWith("Adw-") ? " " + line : line)
        .collect(Collectors.joining("\n"));
  }
}
