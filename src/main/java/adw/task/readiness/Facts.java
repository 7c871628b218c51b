package adw.task.readiness;

import adw.task.Task;
import java.time.Instant;
import java.util.Optional;

/// What the file itself cannot know.
public interface Facts {
  /// What became of a run and its retries, by run id, or of a named task that left the file.
  Optional<Fate> findFate(String idOrName);

  /// When this line was first seen; empty: not known.
  Optional<Instant> findFirstSeen(Task task);

  /// When a copy of this template was put into the file the last time.
  Optional<Instant> findLastCopied(Task template);

  /// Why this task cannot start whatever the file says: no agent, no workflow, a taken branch.
  Optional<Decision.Held> findObstacle(Task task);

  /// Whether a task tagged `#approve` runs nothing: it names no workflow, agent or model.
  boolean isGate(Task task);

  /// How a lineage stands.
  sealed interface Fate {
    /// Not ended, or a retry is still possible.
    record Open() implements Fate {}

    record Done(String runId, Optional<String> commit) implements Fate {}

    record Failed(String runId) implements Fate {}

    /// Cancelled: there is nothing to build on.
    record Discarded(String runId) implements Fate {}
  }
}
