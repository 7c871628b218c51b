package adw.flow;

import java.util.List;
import java.util.Optional;

/// A flow as it was read, and what was found; the flow is there as far as its shape allows.
public record Checked(Optional<Flow> flow, List<Finding> findings) {
  public Checked {
    findings = List.copyOf(findings);
  }

  /// Nothing may run before something is put right.
  public boolean stops() {
    return flow.isEmpty() || Finding.anyStops(findings);
  }
}
