package adw.task.file;

import adw.task.Edit;
import adw.task.MarkParser;
import adw.task.Task;
import adw.task.TaskDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the journal remembers of a write of ours.
final class OwnEdits {
  private final JournalState known;
  private final TrackedLines lines;
  private final List<Edit> edits;
  private final Map<Long, TrackedLine> changed = new LinkedHashMap<>();
  private long nextKey;

  private OwnEdits(JournalState known, TaskDocument before, List<Edit> edits) {
    this.known = known;
    this.lines = TrackedLines.of(known, before);
    this.edits = edits;
    this.nextKey = known.nextKey();
  }

  static JournalEntry.Memory memory(
      JournalState known, TaskDocument before, TaskDocument after, List<Edit> edits) {
    var own = new OwnEdits(known, before, edits);
    edits.forEach(own::add);
    var tracked = new ArrayList<TrackedLine>();
    if (edits.stream().anyMatch(OwnEdits::isInsert)) {
      tracked.addAll(own.inserted(before, after));
    }
    tracked.addAll(own.changed.values());
    return known.memoryOf(tracked, List.of());
  }

  private static boolean isInsert(Edit edit) {
    return switch (edit) {
      case Edit.InsertCopy _,
          Edit.InsertBelow _,
          Edit.InsertAbove _,
          Edit.InsertFirst _,
          Edit.Append _ ->
          true;
      case Edit.Rewrite _, Edit.Restore _, Edit.MoveToDone _ -> false;
    };
  }

  private void add(Edit edit) {
    switch (edit) {
      case Edit.Rewrite(var task, var mark, var tail) -> step(task, MarkParser.write(mark), tail);
      case Edit.Restore(var task, var marker, var tail) -> step(task, marker, tail);
      case Edit.MoveToDone _,
          Edit.InsertCopy _,
          Edit.InsertBelow _,
          Edit.InsertAbove _,
          Edit.InsertFirst _,
          Edit.Append _ -> {}
    }
  }

  private void step(Task task, String marker, Optional<String> tail) {
    var isMoved = edits.contains(new Edit.MoveToDone(task));
    var step = new TrackedLine.Step(known.seq() + 1, marker, tail.orElse(""), isMoved);
    var line = lines.find(task).or(() -> step.mark().id().flatMap(known::find));
    var next = line.orElseGet(() -> TrackedLine.of(nextKey++, task)).with(step, task.text());
    changed.put(next.key(), next);
  }

  private List<TrackedLine> inserted(TaskDocument before, TaskDocument after) {
    var matching = LineMatching.of(before, after, task -> task.mark().id());
    matching.matchReworded(_ -> false, _ -> false, (_, _) -> false);
    var tasks = after.tasks();
    var arrived = new ArrayList<Task>();
    for (var i = 0; i < tasks.size(); i++) {
      if (matching.from(i) < 0 && tasks.get(i).mark().id().isEmpty()) {
        arrived.add(tasks.get(i));
      }
    }
    return TrackedLine.ofInserted(arrived, TrackedLine.Origin.DAEMON, nextKey, known.seq() + 1);
  }
}
