package adw.flow.definition;

import java.util.List;
import java.util.Optional;

/// A flow as it was read, and what was found; the flow is there as far as its shape allows.
public record CheckedFlow(Optional<Flow> flow, List<FlowFinding> findings) {
  public CheckedFlow {
    findings = List.copyOf(findings);
  }

  /// Nothing may run before something is put right.
  public boolean stops() {
    return flow.isEmpty() || FlowFinding.anyStops(findings);
  }
}
