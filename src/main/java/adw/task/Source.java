package adw.task;

import java.util.Arrays;

/// The bytes of a file as a Latin-1 view, and where its lines are.
final class Source {
  final String text;
  final Vocabulary vocabulary;
  private int[] starts;
  private int lines;

  /// Lines end at \n alone; \r before it belongs to the ending. A final newline opens no line.
  Source(String text, int from, Vocabulary vocabulary) {
    this.text = text;
    this.vocabulary = vocabulary;
    this.starts = new int[Math.max(16, (text.length() - from) / 40)];
    for (var at = from; at < text.length(); ) {
      add(at);
      var newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length() : newline + 1;
    }
    add(text.length());
    lines--;
  }

  private void add(int start) {
    if (lines == starts.length) {
      starts = Arrays.copyOf(starts, lines * 2);
    }
    starts[lines++] = start;
  }

  int lines() {
    return lines;
  }

  /// Of a 0-based line; of the line after the last: the end of the file.
  int start(int line) {
    return starts[line];
  }

  /// Behind the last character that is not part of the line ending.
  int end(int line) {
    var end = starts[line + 1];
    if (end == starts[line] || text.charAt(end - 1) != '\n') {
      return end;
    }
    end--;
    return end > starts[line] && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /// As the first line ends, so do new ones.
  String lineEnding() {
    var newline = text.indexOf('\n');
    return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
  }

  /// The line that starts at this offset, or holds it.
  int lineAt(int offset) {
    var found = Arrays.binarySearch(starts, 0, lines + 1, offset);
    return found >= 0 ? found : -found - 2;
  }

  boolean isBlank(int line) {
    return firstInk(line) == end(line);
  }

  int firstInk(int line) {
    var at = starts[line];
    var end = end(line);
    while (at < end && Latin1.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /// The column of an offset of this line, tabs counted to the next multiple of four.
  int column(int line, int offset) {
    var column = 0;
    for (var at = starts[line]; at < offset; at++) {
      column = text.charAt(at) == '\t' ? column / 4 * 4 + 4 : column + 1;
    }
    return column;
  }

  String decoded(int from, int to) {
    return from >= to ? "" : Latin1.decode(text.substring(from, to));
  }
}
