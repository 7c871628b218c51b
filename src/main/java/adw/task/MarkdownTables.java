package adw.task;

import java.util.BitSet;

/// Tables as GitHub reads them: a row, a row of dashes with as many cells, rows up to a blank line.
final class MarkdownTables {
  private MarkdownTables() {}

  /// Adds the lines of tables to those that hold no tasks.
  static void hide(SourceText source, BitSet hidden) {
    for (var line = 1; line < source.lines(); line++) {
      if (!hidden.get(line) && isDashes(source, line) && isHeader(source, line - 1, line, hidden)) {
        hidden.set(line - 1);
        while (line < source.lines() && !source.isBlank(line) && !hidden.get(line)) {
          hidden.set(line++);
        }
      }
    }
  }

  // dashes: ["|"] cell ("|" cell)* ["|"], at least one "|"     cell: [":"] "-"+ [":"], blanks
  // around
  private static boolean isDashes(SourceText source, int line) {
    var text = source.text;
    var at = source.firstInk(line);
    var end = text.trimmed(at, source.end(line));
    if (at == end || "|:-".indexOf(text.charAt(at)) < 0 || text.indexOf('|', at, end) < 0) {
      return false;
    }
    at = text.charAt(at) == '|' ? at + 1 : at;
    end = end > at && text.charAt(end - 1) == '|' ? end - 1 : end;
    while (at <= end) {
      var pipe = text.indexOf('|', at, end);
      var cellEnd = pipe < 0 ? end : pipe;
      if (!isDashCell(text, at, cellEnd)) {
        return false;
      }
      at = cellEnd + 1;
    }
    return true;
  }

  private static boolean isDashCell(ByteText text, int from, int to) {
    var at = text.skipBlanks(from, to);
    var end = text.trimmed(at, to);
    at = at < end && text.charAt(at) == ':' ? at + 1 : at;
    end = end > at && text.charAt(end - 1) == ':' ? end - 1 : end;
    if (at == end) {
      return false;
    }
    while (at < end && text.charAt(at) == '-') {
      at++;
    }
    return at == end;
  }

  private static boolean isHeader(SourceText source, int header, int dashes, BitSet hidden) {
    return !hidden.get(header)
        && !source.isBlank(header)
        && cells(source, header) == cells(source, dashes);
  }

  private static int cells(SourceText source, int line) {
    var at = source.firstInk(line);
    var end = source.text.trimmed(at, source.end(line));
    var cells = 1;
    for (var i = at + 1; i < end - 1; i++) {
      if (source.text.charAt(i) == '\\') {
        i++;
      } else if (source.text.charAt(i) == '|') {
        cells++;
      }
    }
    return cells;
  }
}
