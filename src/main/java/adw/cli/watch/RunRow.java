package adw.cli.watch;

import adw.cli.console.AnsiColor;
import adw.run.Run;
import adw.spend.Usage;
import adw.status.RunningPhases;
import adw.status.TaskStatuses;
import adw.text.Durations;
import adw.text.PlainText;
import adw.text.RunId;
import adw.text.TextWidth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One run in the live table.
record RunRow(String id, String text, String by, String phase, Duration elapsed, Usage usage) {
  private static final int ID = 8;
  private static final int BY = 12;
  private static final int PHASE = 14;
  private static final int ELAPSED = 8;
  private static final int TOKENS = 7;
  private static final int COST = 7;
  private static final int LEAST_TEXT = 24;

  static RunRow of(Run run, TaskStatuses standings, RunningPhases phases, Usage usage) {
    return new RunRow(
        run.id(),
        PlainText.line(run.order().text()),
        run.order().wishes().agent().orElse(run.order().workflow().name()),
        phases.find(run).map(PlainText::line).orElseGet(() -> standings.phase(run)),
        standings.elapsed(run),
        usage);
  }

  /// The id without its prefix; what people type.
  String shortId() {
    return RunId.digits(id);
  }

  static String header(int columns) {
    return cells(columns, "run", "task", "by", "phase", "elapsed", "tokens", "cost");
  }

  String line(int columns) {
    return cells(
        columns, shortId(), text, by, phase, Durations.words(elapsed), tokens(usage), cost(usage));
  }

  /// Where the terminal is narrow, cost, tokens and who does it give way to the text, in that
  /// order.
  private static String cells(int columns, String... cells) {
    var widths = new int[] {ID, 0, BY, PHASE, ELAPSED, TOKENS, COST};
    for (var drop : new int[] {6, 5, 2}) {
      if (textWidth(columns, widths) < LEAST_TEXT) {
        widths[drop] = 0;
      }
    }
    widths[1] = Math.max(1, textWidth(columns, widths));
    var parts = new ArrayList<String>();
    for (var i = 0; i < cells.length; i++) {
      if (widths[i] > 0) {
        parts.add(TextWidth.fit(cells[i], widths[i]));
      }
    }
    return TextWidth.cut(String.join("  ", parts), columns);
  }

  private static int textWidth(int columns, int[] widths) {
    var left = columns;
    for (var width : widths) {
      left -= width == 0 ? 0 : width + 2;
    }
    return left;
  }

  static String tokens(Usage usage) {
    var all = usage.input() + usage.output();
    if (all < 1000) {
      return all == 0 ? "" : Long.toString(all);
    }
    return all < 1_000_000
        ? String.format(Locale.ROOT, "%.1fk", all / 1e3)
        : String.format(Locale.ROOT, "%.1fM", all / 1e6);
  }

  static String cost(Usage usage) {
    return usage.usd() == 0 ? "" : String.format(Locale.ROOT, "$%.2f", usage.usd());
  }

  /// The table, the chosen row marked.
  static List<String> table(List<RunRow> rows, int chosen, int columns, AnsiColor paint) {
    var lines = new ArrayList<String>();
    lines.add(paint.dim("  " + header(columns - 2)));
    for (var i = 0; i < rows.size(); i++) {
      var line = rows.get(i).line(columns - 2);
      // Trailing blanks would wrap when the terminal is made narrower.
      lines.add(
          (i == chosen ? paint.bold("> " + line.stripTrailing()) : "  " + line).stripTrailing());
    }
    return lines;
  }
}
