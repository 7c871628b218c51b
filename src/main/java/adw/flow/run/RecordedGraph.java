package adw.flow.run;

import adw.flow.definition.Flow;
import adw.flow.definition.PhaseResult;
import adw.spend.Usage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How the graph of a flow stands: what a drawing shows.
///
/// @param status how the run ended, or `running`; other words are shown as they are
/// @param settled results by id
/// @param running what is known of phases that are at work
/// @param spent on everything, also on what was repeated
public record RecordedGraph(
    Flow flow,
    String status,
    Map<String, PhaseResult> settled,
    Map<String, Live> running,
    Duration elapsed,
    Usage spent) {
  public RecordedGraph {
    settled = Map.copyOf(settled);
    running = Map.copyOf(running);
  }

  /// A phase at work.
  ///
  /// @param total items of a fan-out, 0 for other phases
  public record Live(
      Duration elapsed, int done, int active, int failed, int total, Optional<String> says) {}
}
