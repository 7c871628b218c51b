package adw.run;

import java.util.Locale;

/// What an agent or a workflow says of its own work, by the two fixed lines that its prompt tells
/// it of, or in the file of `$ADW_RESULT`.
public sealed interface AgentReport {
  record Plain() implements AgentReport {}

  /// It needs a person's answer before it can go on.
  record Question(String text) implements AgentReport {}

  /// There was nothing to be done.
  record NoChange(String reason) implements AgentReport {}

  /// Looks at the last line that is not blank: `QUESTION: …` or `NO CHANGE: …`. Emphasis around it
  /// does not matter, and a line with nothing behind the colon asks nothing.
  public static AgentReport of(String words) {
    var line = lastLine(words);
    var emphasis = emphasis(line);
    var bare = line.substring(emphasis.length());
    if (startsWith(bare, "QUESTION:")) {
      var text = unwrap(bare.substring("QUESTION:".length()), emphasis);
      return text.isEmpty() ? new Plain() : new Question(text);
    }
    if (startsWith(bare, "NO CHANGE:")) {
      var reason = unwrap(bare.substring("NO CHANGE:".length()), emphasis);
      return reason.isEmpty() ? new Plain() : new NoChange(reason);
    }
    return new Plain();
  }

  /// The same in the file of `$ADW_RESULT`.
  public static AgentReport of(WorkflowResultFile result) {
    return switch (result) {
      case WorkflowResultFile.Waiting(var wait)
          when wait.why() == Stage.Wait.Why.QUESTION && !wait.message().isBlank() ->
          new Question(wait.message());
      case WorkflowResultFile.NoChange(var message) -> new NoChange(message.orElse(""));
      case WorkflowResultFile.Waiting _,
          WorkflowResultFile.Ended _,
          WorkflowResultFile.None _,
          WorkflowResultFile.Unreadable _ ->
          new Plain();
    };
  }

  private static String lastLine(String words) {
    var text = words.stripTrailing();
    return text.substring(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1).strip();
  }

  private static boolean startsWith(String line, String word) {
    return line.length() >= word.length()
        && line.substring(0, word.length()).toUpperCase(Locale.ROOT).equals(word);
  }

  private static String emphasis(String line) {
    var end = 0;
    while (end < line.length() && "*_`".indexOf(line.charAt(end)) >= 0) {
      end++;
    }
    return line.substring(0, end);
  }

  /// Takes the emphasis off `** text` (it closed behind the colon) and `text**`.
  private static String unwrap(String rest, String emphasis) {
    if (!emphasis.isEmpty() && rest.startsWith(emphasis)) {
      return rest.substring(emphasis.length()).strip();
    }
    if (!emphasis.isEmpty() && rest.endsWith(emphasis)) {
      return rest.substring(0, rest.length() - emphasis.length()).strip();
    }
    return rest.strip();
  }
}
