package adw.task;

import java.util.Optional;
import java.util.stream.Stream;

/// What new lines say, and where they go.
final class NewLines {
  /// `lines` are to stand at `offset`.
  record Place(int offset, String lines) {}

  private NewLines() {}

  /// Lines with a bullet are written as GitHub writes them.
  static boolean isBare(Task task, Mark mark) {
    return mark instanceof Mark.Pending && task.hasBullet();
  }

  /// A template's line as a plain one, without its name, and its body.
  static String copyOf(Task template) {
    var text = template.source().text;
    var settings = template.settings().withoutName();
    var line =
        text.substring(template.start(), template.open() + 1)
            + (template.hasBullet() ? " " : "")
            + text.substring(template.close(), template.textEnd())
            + (settings.isEmpty() ? "" : " " + ByteText.encode(settings));
    var body = text.substring(template.source().start(template.lineIndex() + 1), template.end());
    return body.isEmpty() ? line : line + "\n" + withoutEnding(body);
  }

  static String withoutEnding(String lines) {
    var end = lines.endsWith("\r\n") ? 2 : lines.endsWith("\n") ? 1 : 0;
    return lines.substring(0, lines.length() - end);
  }

  static Place placeOf(TaskDocument document, Edit.Append append) {
    var lines = lines(document, append);
    return queue(document, append.scope())
        .reduce((_, last) -> last)
        .map(last -> new Place(last.end(), lines))
        .orElseGet(() -> first(document, append.scope(), lines));
  }

  static Place placeOf(TaskDocument document, Edit.InsertFirst insert) {
    var lines = ByteText.encode(insert.lines());
    return queue(document, insert.scope())
        .findFirst()
        .map(first -> new Place(first.start(), lines))
        .orElseGet(() -> first(document, insert.scope(), lines));
  }

  /// The outermost tasks in the queue of the scopes of that name.
  private static Stream<Task> queue(TaskDocument document, Optional<String> name) {
    return document.scopes().stream()
        .filter(scope -> scope.name().equals(name))
        .flatMap(scope -> document.tasksOf(scope).stream())
        .filter(task -> task.isQueued() && task.parent().isEmpty());
  }

  private static Place first(TaskDocument document, Optional<String> name, String lines) {
    return document.scopes().stream()
        .filter(scope -> scope.name().equals(name))
        .findFirst()
        .map(scope -> first(document, scope, lines))
        .orElseGet(() -> first(document.source(), "## Git Worktree " + name.orElse(""), lines));
  }

  private static Place first(SourceText source, String heading, String lines) {
    var blank = source.lines() == 0 || source.isBlank(source.lines() - 1) ? "" : "\n";
    return new Place(source.text.length(), blank + ByteText.encode(heading) + "\n\n" + lines);
  }

  /// The first task of a scope stands below its heading; of the default scope, before the first
  /// heading that is no title, else at the end.
  private static Place first(TaskDocument document, TaskScope scope, String lines) {
    var source = document.source();
    if (scope.name().isPresent()) {
      return new Place(source.start(Math.min(scope.endOfHeading, source.lines())), "\n" + lines);
    }
    return document.structure().headings().stream()
        .filter(h -> h.isParked() || h.isDone() || h.findScopeName().isPresent())
        .findFirst()
        .map(h -> new Place(source.start(h.line()), lines + "\n"))
        .orElseGet(() -> {
          var last = source.lines() - 1;
          var blank = last < 0 || source.isBlank(last) ? "" : "\n";
          return new Place(source.text.length(), blank + lines);
        });
  }

  private static String lines(TaskDocument document, Edit.Append append) {
    var isBulleted = document.tasks().stream().reduce((_, last) -> last).filter(Task::hasBullet);
    var line = (isBulleted.isPresent() ? "- [ ] " : "[] ") + append.text().replaceAll("\\s+", " ");
    var body = new StringBuilder();
    append.body().lines().forEach(below -> body.append(below.isBlank() ? "\n" : "\n  " + below));
    return ByteText.encode(line.stripTrailing() + body.toString().stripTrailing());
  }
}
