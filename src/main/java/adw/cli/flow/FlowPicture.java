package adw.cli.flow;

import adw.flow.definition.Flow;
import adw.flow.drawing.GraphDrawing;
import adw.flow.run.RecordedGraph;
import adw.spend.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Graphs as people see them in a terminal.
final class FlowPicture {
  private FlowPicture() {}

  /// A flow that was not run.
  static List<String> of(Flow flow) {
    return GraphDrawing.of(
        new RecordedGraph(flow, "declared", Map.of(), Map.of(), Duration.ZERO, Usage.NONE));
  }
}
