package adw.cli.watch;

import adw.cli.console.AnsiColor;
import adw.cli.console.Console;
import adw.status.TaskStatus;
import adw.text.PlainText;
import adw.text.TextWidth;

/// Tasks as lines of a terminal: place, sign, text, and what there is to say.
public final class TaskTable {
  private static final int PLACE = 5;
  private static final int WIDEST = 60;
  private static final int WIDEST_IN_PIPE = 500;

  private final Console console;
  private final int columns;

  public TaskTable(Console console) {
    this.console = console;
    var screen = console.caller().screen();
    this.columns = screen.out() ? screen.columns() : Integer.MAX_VALUE;
  }

  /// ` 12 🟡 fix the parser running, adw_1a2b3c4d`, cut to the terminal; a pipe gets nearly all of
  /// it.
  public String line(TaskStatus standing) {
    var number = Integer.toString(standing.task().line());
    var place = " ".repeat(Math.max(0, PLACE - number.length())) + number + " ";
    var start = place.length() + 4;
    var wide = Math.min(WIDEST, Math.max(20, (columns - start) / 2));
    var text =
        columns == Integer.MAX_VALUE
            ? TextWidth.cut(standing.title(), WIDEST_IN_PIPE)
            : TextWidth.fit(standing.title(), wide);
    var rest = columns == Integer.MAX_VALUE ? columns : columns - start - wide - 2;
    var paint = console.paint();
    // Joined, since a long `+` costs three milliseconds the first time: status is run often.
    var says = painted(standing.state(), TextWidth.cut(words(standing), rest), paint);
    return String.join("", paint.dim(place), standing.state().sign, "  ", text, "  ", says);
  }

  private static String words(TaskStatus standing) {
    var id = standing.task().mark().id().map(", "::concat).orElse("");
    var cure = standing.cure().isEmpty() ? "" : " (" + PlainText.line(standing.cure()) + ")";
    return String.join("", sentence(standing.state(), PlainText.line(standing.detail())), id, cure);
  }

  /// `failed: reason`; a detail that names the state itself stands alone.
  private static String sentence(TaskStatus.State state, String detail) {
    if (detail.startsWith(state.word)) {
      return detail;
    }
    return detail.isEmpty() ? state.word : String.join(": ", state.word, detail);
  }

  static String painted(TaskStatus.State state, String text, AnsiColor paint) {
    return switch (state) {
      case RUNNING -> paint.cyan(text);
      case NEEDS_YOU, HELD -> paint.yellow(text);
      case FAILED -> paint.red(text);
      case DONE -> paint.green(text);
      case READY -> text;
      case WAITING, CANCELLED, PARKED -> paint.dim(text);
    };
  }
}
