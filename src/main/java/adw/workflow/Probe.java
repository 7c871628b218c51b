package adw.workflow;

import java.util.Optional;

/// Whether what a workflow needs beside itself, an agent program above all, is there.
public interface Probe {
  Optional<Selection.Unusable> findObstacle(Workflow workflow);
}
