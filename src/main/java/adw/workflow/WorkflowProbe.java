package adw.workflow;

import java.util.List;
import java.util.Optional;

/// Whether what a workflow needs beside itself, an agent program above all, is there.
public interface WorkflowProbe {
  /// What is missing.
  ///
  /// @param agent the one that the task names
  Optional<Selection.Unusable> findObstacle(Workflow workflow, Optional<String> agent);

  /// What people should know before it starts, and what keeps nobody from starting it.
  default List<String> warnings(Workflow workflow, Optional<String> agent) {
    return List.of();
  }

  /// Why it is better not begun just now, although all is there: an agent that pauses, a budget
  /// that is spent. What has begun deals with that itself.
  default Optional<Selection.Unusable> findRest(Workflow workflow, Optional<String> agent) {
    return Optional.empty();
  }
}
