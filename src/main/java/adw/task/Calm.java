package adw.task;

import java.util.ArrayList;
import java.util.List;

/// A file in which each line means the same wherever it stands: it is read line by line.
final class Calm {
  private Calm() {}

  static BlockStructure structure(SourceText source) {
    return BlockStructure.calm(headings(source, 0, source.lines()));
  }

  static List<Heading> headings(SourceText source, int from, int to) {
    var headings = new ArrayList<Heading>();
    for (var line = from; line < to; line++) {
      if (source.start(line) < source.end(line) && source.text.charAt(source.start(line)) == '#') {
        var heading = Heading.atx(source, line);
        if (heading.isPresent()) {
          headings.add(heading.get());
        }
      }
    }
    return headings;
  }

  static boolean isCalm(SourceText source) {
    return isCalm(source, 0, source.lines());
  }

  static boolean isCalm(SourceText source, int from, int to) {
    for (var line = from; line < to; line++) {
      if (!isCalm(source, line)) {
        return false;
      }
    }
    return true;
  }

  /// Not code, not HTML, no indented heading, nothing that may underline the line above.
  private static boolean isCalm(SourceText source, int line) {
    var text = source.text;
    var end = source.end(line);
    var at = source.firstInk(line);
    if (at == end) {
      return true;
    }
    if (at - source.start(line) > 3 || text.indexOf('\t', source.start(line), at) >= 0) {
      return false;
    }
    var bulleted = TaskLine.skipBullet(text, at, end);
    while (bulleted > at) {
      var ink = TaskLine.skipBlanks(text, bulleted, end);
      if (ink - bulleted > 4 || text.indexOf('\t', bulleted, ink) >= 0) {
        return false;
      }
      at = ink;
      bulleted = TaskLine.skipBullet(text, at, end);
    }
    if (at == end) {
      return true;
    }
    return switch (text.charAt(at)) {
      case '`', '~', '<', '=', '-', ':', '|', '\r' -> false;
      case '#' -> at == source.start(line);
      default -> true;
    };
  }
}
