package adw.task;

import java.util.List;
import java.util.stream.IntStream;

/// Journal lines for tasks that nobody has seen in the file before.
final class Inserted {
  private Inserted() {}

  static List<Tracked> lines(List<Task> tasks, Tracked.Origin origin, long first, long seq) {
    return IntStream.range(0, tasks.size())
        .mapToObj(i -> line(tasks.get(i), origin, first + i, seq))
        .toList();
  }

  private static Tracked line(Task task, Tracked.Origin origin, long key, long seq) {
    var step = new Step(seq, task.marker(), task.tail().orElse(""), false);
    return new Tracked(
        key, task.text(), task.name(), origin, "", List.of(step), Tracked.Where.SHOWN);
  }
}
