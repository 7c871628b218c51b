package adw.task;

import java.util.Map;
import java.util.Optional;

/// Marks of runs that stand in a save and are no task's; looked for when a line is first missed.
final class StrayMarks {
  private final Document document;
  private Optional<Map<String, StrayMark>> all = Optional.empty();

  StrayMarks(Document document) {
    this.document = document;
  }

  Optional<StrayMark> find(Tracked line) {
    return line.mark().id().flatMap(id -> Optional.ofNullable(all().get(id)));
  }

  private Map<String, StrayMark> all() {
    if (all.isEmpty()) {
      all = Optional.of(StrayMark.all(document));
    }
    return all.get();
  }

  /// Whether a line without a run stands there, and is no task now.
  boolean isCovered(String text) {
    return document.source().text.contains("] " + Latin1.encode(text));
  }
}
