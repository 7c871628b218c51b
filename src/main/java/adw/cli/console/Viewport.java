package adw.cli.console;

import java.util.ArrayList;
import java.util.List;

/// As much of a drawing as fits on a screen: its head, and what is around the work.
public final class Viewport {
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

  private Viewport() {}

  public static List<String> of(List<String> lines, int height) {
    if (lines.size() <= height || height < 4) {
      return lines.size() <= height ? lines : lines.subList(0, Math.max(1, height));
    }
    var room = height - 3; // the head, and a line above and below what is shown
    var start = Math.clamp(busy(lines) - room / 3L, 1, lines.size() - room);
    var shown = new ArrayList<String>();
    shown.add(lines.getFirst());
    shown.add(start > 1 ? "    … " + (start - 1) + " above" : "");
    shown.addAll(lines.subList(start, start + room));
    var below = lines.size() - start - room;
    shown.add(below > 0 ? "    … " + below + " below" : "");
    return shown;
  }

  /// The first line below the head that shows work; else the last one.
  private static int busy(List<String> lines) {
    for (var i = 1; i < lines.size(); i++) {
      var rest = lines.get(i).replaceFirst("^[ ┌├└]+", "");
      if (!rest.isEmpty() && SPINNER.indexOf(rest.charAt(0)) >= 0) {
        return i;
      }
    }
    return lines.size() - 1;
  }
}
