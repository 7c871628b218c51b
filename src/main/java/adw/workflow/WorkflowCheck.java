package adw.workflow;

import java.util.Optional;

/// Looks at a flow before a task is claimed for it.
public interface WorkflowCheck {
  WorkflowCheck NONE = _ -> Optional.empty();

  Optional<Selection.Unusable> findFault(Workflow flow);
}
