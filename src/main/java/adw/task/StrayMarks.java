package adw.task;

import adw.task.file.TrackedLine;
import java.util.Map;
import java.util.Optional;

/// Marks of runs that stand in a save and are no task's; looked for when a line is first missed.
public final class StrayMarks {
  private final TaskDocument document;
  private Optional<Map<String, StrayMark>> all = Optional.empty();

  public StrayMarks(TaskDocument document) {
    this.document = document;
  }

  public Optional<StrayMark> find(TrackedLine line) {
    return line.mark().id().flatMap(id -> Optional.ofNullable(all().get(id)));
  }

  private Map<String, StrayMark> all() {
    if (all.isEmpty()) {
      all = Optional.of(StrayMark.all(document));
    }
    return all.get();
  }

  /// Whether a line without a run stands there, and is no task now.
  public boolean isCovered(String text) {
    return document.source().text.contains("] " + ByteText.encode(text));
  }
}
