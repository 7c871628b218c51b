package adw.task;

import java.util.Arrays;

/// The bytes of a file, their Latin-1 view, and where its lines are.
public final class SourceText {
  final byte[] bytes;
  final ByteText text;
  final Vocabulary vocabulary;
  private int[] starts;
  private int lines;

  /// Lines end at \n alone; \r before it belongs to the ending. A final newline opens no line.
  public SourceText(byte[] bytes, int from, Vocabulary vocabulary) {
    this.bytes = bytes;
    this.text = new ByteText(bytes);
    this.vocabulary = vocabulary;
    this.starts = new int[Math.max(16, (bytes.length - from) / 40)];
    addLines(from, bytes.length);
    add(bytes.length);
    lines--;
  }

  private void addLines(int from, int to) {
    for (var at = from; at < to; ) {
      add(at);
      var newline = text.indexOf('\n', at, to);
      at = newline < 0 ? to : newline + 1;
    }
  }

  private void add(int start) {
    if (lines == starts.length) {
      starts = Arrays.copyOf(starts, lines * 2);
    }
    starts[lines++] = start;
  }

  public int lines() {
    return lines;
  }

  /// Of a 0-based line; of the line after the last: the end of the file.
  public int start(int line) {
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
    var newline = text.indexOf('\n', 0, bytes.length);
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
    return text.skipBlanks(starts[line], end(line));
  }

  /// The column of an offset of this line, tabs counted to the next multiple of four.
  int column(int line, int offset) {
    var column = 0;
    for (var at = starts[line]; at < offset; at++) {
      column = text.charAt(at) == '\t' ? column / 4 * 4 + 4 : column + (isInside(at) ? 0 : 1);
    }
    return column;
  }

  /// Whether the character began before this byte.
  boolean isInside(int offset) {
    return (text.charAt(offset) & 0xC0) == 0x80;
  }

  public String decoded(int from, int to) {
    return text.decoded(from, to);
  }
}
