package adw.task;

import java.util.Optional;

/// Where a line goes that became done.
final class DoneSection {
  private final TaskDocument document;
  private final SourceText source;
  private final int from;
  private final int to;

  private DoneSection(TaskDocument document, TaskScope scope) {
    this.document = document;
    this.source = document.source();
    this.from = scope.doneFrom;
    this.to = scope.doneTo;
  }

  /// Behind the last list item of the Done section of the task's scope; empty: there is none, or
  /// the task is in it, or it belongs to a group, a note or a card.
  static Optional<Integer> findOffset(TaskDocument document, Task task) {
    var scope = task.scope();
    if (!scope.hasDone()
        || task.isUnderDone()
        || task.parent().isPresent()
        || isBelowAnother(document, task)) {
      return Optional.empty();
    }
    return Optional.of(new DoneSection(document, scope).offset());
  }

  /// Whether a line of its section stands further out and above it.
  private static boolean isBelowAnother(TaskDocument document, Task task) {
    var source = document.source();
    var headings = document.structure().headings();
    var heading = document.structure().firstHeadingFrom(task.lineIndex()) - 1;
    var top = heading < 0 ? 0 : headings.get(heading).endLine();
    for (var line = task.lineIndex() - 1; line >= top && task.indent() >= TaskLine.NESTED; line--) {
      var isFurtherOut =
          source.column(line, source.firstInk(line)) + TaskLine.NESTED <= task.indent();
      if (!source.isBlank(line) && isFurtherOut) {
        return true;
      }
    }
    return false;
  }

  private int offset() {
    var end = endOfItems();
    var line = trimmed(Math.max(end, from));
    var isEmpty = line == from;
    return source.start(isEmpty ? Math.min(line + 1, to) : line);
  }

  private int trimmed(int end) {
    var line = end;
    while (line > from && source.isBlank(line - 1)) {
      line--;
    }
    return line;
  }

  /// Behind the last list item with what belongs to it; without one, behind the words that the
  /// section begins with. What a board keeps for itself below that stays the last.
  private int endOfItems() {
    var last = -1;
    var words = to;
    for (var line = from; line < to && words == to; line++) {
      if (isOfBoard(line)) {
        words = line;
      } else if (isItem(line)) {
        last = line;
      }
    }
    return last < 0 ? words : endOfItem(last, words);
  }

  private int endOfItem(int item, int limit) {
    var indent = source.column(item, source.firstInk(item));
    var end = item + 1;
    for (var line = end; line < limit; line++) {
      var isDeeper = source.column(line, source.firstInk(line)) > indent;
      if (!source.isBlank(line) && !isDeeper && !isGoingOn(line, end)) {
        return end;
      }
      end = source.isBlank(line) ? end : line + 1;
    }
    return end;
  }

  /// The same paragraph, or the inside of code in the item.
  private boolean isGoingOn(int line, int end) {
    var isFenced = document.structure().fenced().get(line);
    return line == end && (isFenced || !document.structure().hidden().get(line));
  }

  private boolean isItem(int line) {
    var ink = source.firstInk(line);
    var end = source.end(line);
    return !document.structure().hidden().get(line)
        && (TaskLine.skipBullet(source.text, ink, end) > ink
            || TaskLine.read(source, line).isPresent());
  }

  /// A rule, or the settings that Obsidian keeps at the end of a board.
  private boolean isOfBoard(int line) {
    return !document.structure().hidden().get(line)
        && (isRule(source, line) || source.text.startsWith("%%", source.firstInk(line)));
  }

  // rule: three or more of the same "*", "-" or "_", blanks between
  static boolean isRule(SourceText source, int line) {
    var text = source.text;
    var sign = source.isBlank(line) ? ' ' : text.charAt(source.firstInk(line));
    var count = 0;
    for (var at = source.firstInk(line); at < source.end(line); at++) {
      if (text.charAt(at) != sign && !ByteText.isBlank(text.charAt(at))) {
        return false;
      }
      count += text.charAt(at) == sign ? 1 : 0;
    }
    return "*-_".indexOf(sign) >= 0 && count >= 3;
  }

  /// Under HTML, a table or a quote a line would be taken for a part of it.
  static boolean needsBlankBefore(TaskDocument document, int offset) {
    var line = document.source().lineAt(offset) - 1;
    return line >= 0 && document.structure().hidden().get(line);
  }

  /// Prose right below would be joined to it, and could be the text of an underlined heading.
  static boolean needsBlankAfter(SourceText source, int offset) {
    var line = source.lineAt(offset);
    return line < source.lines()
        && !source.isBlank(line)
        && source.text.charAt(source.firstInk(line)) != '#';
  }
}
