package adw.task;

import java.util.Optional;

/// Where a line goes that became done.
final class DoneSection {
  private DoneSection() {}

  /// Behind the last line of the Done section of the task's scope; empty: there is none, or the
  /// task is in it, or it belongs to a group.
  static Optional<Integer> findOffset(Task task) {
    var scope = task.scope();
    if (scope.doneFrom < 0 || task.isUnderDone() || task.parent().isPresent()) {
      return Optional.empty();
    }
    var source = task.source();
    var line = scope.doneTo;
    while (line > scope.doneFrom && source.isBlank(line - 1)) {
      line--;
    }
    var isEmpty = line == scope.doneFrom;
    return Optional.of(source.start(isEmpty ? Math.min(line + 1, scope.doneTo) : line));
  }

  /// Under HTML, a table or a quote a line would be taken for a part of it.
  static boolean needsBlankBefore(Document document, int offset) {
    var line = document.source().lineAt(offset) - 1;
    return line >= 0 && document.structure().hidden().get(line);
  }

  /// Prose right below would be joined to it, and could be the text of an underlined heading.
  static boolean needsBlankAfter(Source source, int offset) {
    var line = source.lineAt(offset);
    return line < source.lines()
        && !source.isBlank(line)
        && source.text.charAt(source.firstInk(line)) != '#';
  }
}
