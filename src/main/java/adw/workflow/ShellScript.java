package adw.workflow;

import adw.workflow.Selection.Chosen;
import adw.workflow.Selection.Unusable;
import java.util.regex.Pattern;

/// What `adw_sh` runs: the fenced `sh` blocks of a task's body, or the one code span that is its
/// whole text. Nothing else of a task is ever read as shell.
final class ShellScript {
  private static final String CURE =
      "write the command as one `code span` that is the whole text, or in a ```sh block below";

  private static final Pattern OPENING =
      Pattern.compile("( *)(`{3,}|~{3,})\\h*sh(?:\\h[^`]*)?", Pattern.DOTALL);

  /// Tags and names may stand before and after the span.
  private static final Pattern SPAN =
      Pattern.compile(
          "(?:[#@]\\S+\\s+)*(`+)(?!`)(.+?)(?<!`)\\1(?!`)(?:\\s+[#@]\\S+)*", Pattern.DOTALL);

  private ShellScript() {}

  static Selection find(String text, String body) {
    var blocks = new StringBuilder();
    var open = "";
    var indent = 0;
    for (var line : body.split("\\r\\n|\\n|\\r", -1)) {
      var opening = OPENING.matcher(line);
      if (!open.isEmpty() && isClosing(line.strip(), open)) {
        open = "";
      } else if (!open.isEmpty()) {
        blocks.append(outdent(line, indent)).append('\n');
      } else if (opening.matches()) {
        indent = opening.group(1).length();
        open = opening.group(2);
      }
    }
    if (!open.isEmpty()) {
      return new Unusable("the block " + open + "sh has no end", "close it with " + open);
    }
    return script(blocks.isEmpty() ? span(text) : blocks.toString());
  }

  private static Selection script(String script) {
    if (script.isBlank()) {
      return new Unusable("nothing that sh could run", CURE);
    }
    var shell = new Workflow.Kind.Shell(script);
    return new Chosen(new Workflow(Workflows.SHELL, shell, Hash.of(script)));
  }

  private static boolean isClosing(String line, String open) {
    return line.length() >= open.length() && line.chars().allMatch(c -> c == open.charAt(0));
  }

  private static String outdent(String line, int indent) {
    var blanks = 0;
    while (blanks < indent && blanks < line.length() && line.charAt(blanks) == ' ') {
      blanks++;
    }
    return line.substring(blanks);
  }

  private static String span(String text) {
    var span = SPAN.matcher(text.strip());
    return span.matches() ? span.group(2).strip() + "\n" : "";
  }
}
