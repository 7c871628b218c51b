package adw.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Replaces spans of a file; everything between them is copied as it is.
final class Splices {
  /// Puts `text` in the place of what stands from `start` to `end`.
  private record Splice(int start, int end, String text) {}

  private final String text;
  private final List<Splice> splices = new ArrayList<>();

  private Splices(Document document) {

    this.text = document.source().text;
  }

  static String apply(Document document, List<Edit> edits) {
    var splices = new Splices(document);
    for (var edit : edits) {
      splices.add(edit);
    }
    splices.splices.sort(Comparator.comparingInt(Splice::start));
    return splices.render(0, splices.text.length());
  }

  private void add(Edit edit) {
    switch (edit) {
      case Edit.Rewrite(var task, var mark, var tail) -> {
        remark(task, spelled(task, mark));
        retail(task, tail);
      }
      case Edit.Restore(var task, var marker, var tail) -> {
        remark(task, marker);
        retail(task, tail);
      }
      case Edit.MoveToDone _ -> throw new UnsupportedOperationException();
      case Edit.InsertCopy _ -> throw new UnsupportedOperationException();
      case Edit.InsertBelow _ -> throw new UnsupportedOperationException();
      case Edit.Append _ -> throw new UnsupportedOperationException();
    }
  }

  private void remark(Task task, String marker) {
    splices.add(new Splice(task.at().open() + 1, task.at().close(), Latin1.encode(marker)));
  }

  private static String spelled(Task task, Mark mark) {
    return mark instanceof Mark.Pending && hasBullet(task) ? " " : Marker.write(mark);
  }

  private static boolean hasBullet(Task task) {
    return task.source().firstInk(task.lineIndex()) != task.at().open();
  }

  private void retail(Task task, Optional<String> tail) {
    var start = task.bounds().tail() < 0 ? task.at().textEnd() : task.bounds().tail();
    splices.add(
        new Splice(
            start, task.at().textEnd(), tail.map(t -> Latin1.encode(" // " + t)).orElse("")));
  }

  private String render(int from, int to) {
    var out = new StringBuilder(to - from + 64 * splices.size());
    var at = from;
    for (var splice : splices) {
      out.append(text, at, splice.start()).append(splice.text());
      at = splice.end();
    }
    return out.append(text, at, to).toString();
  }
}
