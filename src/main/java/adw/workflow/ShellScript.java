package adw.workflow;

import adw.workflow.Selection.Chosen;
import adw.workflow.Selection.Unusable;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `adw_sh` runs: the fenced `sh` blocks of a task's body, or the one code span that is its
/// whole text. Nothing else of a task is ever read as shell.
final class ShellScript {
  private static final String CURE =
      "write the command as one `code span` that is the whole text, or in a ```sh block below";

  /// Tags and names may stand before and after the span.
  private static final Pattern LABELS_BEFORE = Pattern.compile("^(?:[#@]\\S+\\s+)++");

  private static final Pattern LABELS_AFTER = Pattern.compile("(?:\\s+[#@]\\S+)*+\\s*");

  private ShellScript() {}

  static Selection find(String text, String body) {
    var script = new StringBuilder();
    Optional<Fence> open = Optional.empty();
    for (var line : body.split("\\r\\n|\\n|\\r", -1)) {
      if (open.isEmpty()) {
        open = Fence.findOpening(line);
      } else if (open.get().isClosedBy(line)) {
        open = Optional.empty();
      } else if (open.get().isShell()) {
        script.append(open.get().outdent(line)).append('\n');
      }
    }
    return open.filter(Fence::isShell)
        .<Selection>map(ShellScript::unclosed)
        .orElseGet(() -> chosen(script.isEmpty() ? span(text) : script.toString()));
  }

  private static Unusable unclosed(Fence fence) {
    var marker = fence.marker();
    return new Unusable("the block " + marker + "sh has no end", "close it with " + marker);
  }

  private static Selection chosen(String script) {
    if (script.isBlank()) {
      return new Unusable("nothing that sh could run", CURE);
    }
    var shell = new Workflow.Kind.Shell(script);
    return new Chosen(new Workflow(Workflows.SHELL, shell));
  }

  /// A block of any language, so that a block shown within another one is not run.
  private record Fence(int indent, String marker, String language) {
    private static final Pattern OPENING = Pattern.compile("(\\h*)(`{3,}+|~{3,}+)\\h*(\\S*)(.*)");

    static Optional<Fence> findOpening(String line) {
      var parts = OPENING.matcher(line);
      return parts.matches() && !isSpan(parts.group(2), parts.group(3) + parts.group(4))
          ? Optional.of(new Fence(parts.end(1), parts.group(2), parts.group(3)))
          : Optional.empty();
    }

    private static boolean isSpan(String marker, String rest) {
      return marker.startsWith("`") && rest.indexOf('`') >= 0;
    }

    boolean isShell() {
      return language.equals("sh");
    }

    boolean isClosedBy(String line) {
      var text = line.strip();
      return text.length() >= marker.length() && text.chars().allMatch(c -> c == marker.charAt(0));
    }

    String outdent(String line) {
      var blanks = 0;
      while (blanks < indent
          && blanks < line.length()
          && Character.isWhitespace(line.charAt(blanks))) {
        blanks++;
      }
      return line.substring(blanks);
    }
  }

  /// The text between a run of backticks and the next run of the same length, if nothing else is
  /// there; "" if not.
  private static String span(String text) {
    var code = LABELS_BEFORE.matcher(text.strip()).replaceFirst("");
    var ticks = run(code, 0);
    var end = ticks;
    while (ticks > 0
        && end < code.length()
        && (code.charAt(end) != '`' || run(code, end) != ticks)) {
      end += Math.max(1, run(code, end));
    }
    var isWhole =
        end + ticks <= code.length() && LABELS_AFTER.matcher(code.substring(end + ticks)).matches();
    return ticks > 0 && isWhole ? code.substring(ticks, end).strip() + "\n" : "";
  }

  private static int run(String text, int start) {
    var end = start;
    while (end < text.length() && text.charAt(end) == '`') {
      end++;
    }
    return end - start;
  }
}
