package adw.task.file;

import adw.task.Task;
import java.util.List;
import java.util.stream.IntStream;

/// Journal lines for tasks that nobody has seen in the file before.
final class InsertedLines {
  private InsertedLines() {}

  static List<TrackedLine> lines(
      List<Task> tasks, TrackedLine.Origin origin, long first, long seq) {
    return IntStream.range(0, tasks.size())
        .mapToObj(i -> line(tasks.get(i), origin, first + i, seq))
        .toList();
  }

  private static TrackedLine line(Task task, TrackedLine.Origin origin, long key, long seq) {
    var step = new LineStep(seq, task.marker(), task.tail().orElse(""), false);
    return new TrackedLine(
        key, task.text(), task.name(), origin, "", List.of(step), TrackedLine.Where.SHOWN);
  }
}
