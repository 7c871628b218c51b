package adw.cli.console;

import adw.text.PlainText;
import adw.text.TextWidth;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;

/// The last lines of a terminal, drawn again and again in place; what is logged stays above them.
public final class LiveRegion {
  private static final String CLEAR_BELOW = "\r\033[J";

  private final Terminal terminal;
  private List<String> drawn = List.of();
  private final List<String> waiting = new ArrayList<>();

  public LiveRegion(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Shown with the next drawing.
  public synchronized void log(String line) {
    waiting.add(line);
  }

  public synchronized void draw(List<String> lines) {
    if (waiting.isEmpty() && lines.equals(drawn)) {
      return;
    }
    var text = new StringBuilder(up()).append(CLEAR_BELOW);
    waiting.forEach(line -> text.append(line).append("\r\n"));
    waiting.clear();
    text.append(String.join("\r\n", lines));
    terminal.writer().print(text);
    terminal.writer().flush();
    drawn = List.copyOf(lines);
  }

  /// Back to the first drawn row; a terminal that was made narrower has wrapped some of them.
  private String up() {
    var rows = -1;
    for (var line : drawn) {
      var width = TextWidth.width(PlainText.lines(line));
      rows += Math.max(1, Math.ceilDiv(width, Math.max(1, terminal.getColumns())));
    }
    return rows > 0 ? "\033[" + rows + "A" : "";
  }
}
