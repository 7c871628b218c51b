package adw.cli;

import adw.flow.Drawing;
import adw.flow.Flow;
import adw.run.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Graphs as people see them in a terminal.
final class FlowPicture {
  private FlowPicture() {}

  /// A flow that was not run.
  static List<String> of(Flow flow) {
    return Drawing.of(
        new Drawing.State(flow, "declared", Map.of(), Map.of(), Duration.ZERO, Usage.NONE));
  }
}
