package adw.cli;

import adw.flow.Drawing;
import adw.flow.Flow;
import adw.flow.FlowRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Graphs as people see them in a terminal.
final class FlowPicture {
  private FlowPicture() {}

  /// A flow that was not run.
  static List<String> of(Flow flow) {
    return Drawing.of(new Drawing.State(flow, "declared", Map.of(), Map.of(), Duration.ZERO));
  }

  /// A run as its record tells it.
  static List<String> of(FlowRuns.Recorded run) {
    var took = Duration.between(run.created(), run.updated());
    return run.flow()
        .flow()
        .map(
            flow -> Drawing.of(new Drawing.State(flow, run.status(), run.phases(), Map.of(), took)))
        .orElse(List.of());
  }
}
