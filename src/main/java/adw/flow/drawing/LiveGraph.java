package adw.flow.drawing;

import adw.flow.definition.Flow;
import adw.flow.definition.PhaseResult;
import adw.flow.run.FlowListener;
import adw.flow.run.RecordedGraph;
import adw.spend.Usage;
import adw.text.PlainText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Follows a run, so that it can be drawn at any moment: live in a terminal, or as one line an
/// event where there is none.
public final class LiveGraph implements FlowListener {
  private final Flow flow;
  private final InstantSource clock;
  private final long started;
  private final Map<String, PhaseResult> settled = new ConcurrentHashMap<>();
  private final Map<String, Work> running = new ConcurrentHashMap<>();

  private volatile Usage spent = Usage.NONE;

  private record Work(
      long started, int done, int active, int failed, int total, Optional<String> says) {}

  public LiveGraph(Flow flow, InstantSource clock) {
    this.flow = flow;
    this.clock = clock;
    this.started = clock.millis();
  }

  @Override
  public void happened(Event event) {
    var id = event.path().getFirst();
    if (event.path().size() > 1) {
      running.computeIfPresent(id, (_, work) -> inside(event, work));
      return;
    }
    switch (event) {
      case Event.Started _ ->
          running.put(id, new Work(clock.millis(), 0, 0, 0, 0, Optional.empty()));
      case Event.Moved moved ->
          running.computeIfPresent(
              id,
              (_, work) ->
                  new Work(
                      work.started(),
                      moved.done(),
                      moved.running(),
                      moved.failed(),
                      moved.total(),
                      work.says()));
      case Event.Said said -> running.computeIfPresent(id, (_, work) -> says(work, said.line()));
      case Event.Settled(_, var result, var total) -> {
        running.remove(id);
        settled.put(id, result);
        spent = total;
      }
    }
  }

  /// A sub-flow shows which of its phases is at work.
  private static Work inside(Event event, Work work) {
    var inner = String.join("/", event.path().subList(1, event.path().size()));
    return switch (event) {
      case Event.Started _ -> says(work, "↳ " + inner);
      case Event.Said said -> says(work, "↳ " + inner + ": " + said.line());
      case Event.Moved _, Event.Settled _ -> work;
    };
  }

  private static Work says(Work work, String line) {
    return new Work(
        work.started(), work.done(), work.active(), work.failed(), work.total(), Optional.of(line));
  }

  /// The graph as it is now.
  public List<String> draw() {
    return draw("running");
  }

  public List<String> draw(String status) {
    var now = clock.millis();
    var live = new HashMap<String, RecordedGraph.Live>();
    running.forEach((id, work) ->
        live.put(
            id,
            new RecordedGraph.Live(
                Duration.ofMillis(now - work.started()),
                work.done(),
                work.active(),
                work.failed(),
                work.total(),
                work.says())));
    return GraphDrawing.of(
        new RecordedGraph(
            flow,
            status,
            settled,
            status.equals("running") ? live : Map.of(),
            Duration.ofMillis(now - started),
            spent));
  }

  /// The one line that stands for an event where nothing can be redrawn.
  public static Optional<String> line(Event event) {
    var name = String.join("/", event.path());
    return switch (event) {
      case Event.Started _ -> Optional.of("phase " + name + " started");
      case Event.Settled(_, var result, _) -> Optional.of("phase " + name + " " + describe(result));
      case Event.Moved _, Event.Said _ -> Optional.empty();
    };
  }

  private static String describe(PhaseResult result) {
    var time =
        result.remarks().took().isZero() ? "" : " in " + GraphDrawing.time(result.remarks().took());
    var cost = result.usage().usd() > 0 ? " for " + GraphDrawing.money(result.usage().usd()) : "";
    return switch (result.status()) {
      case DONE -> result.block().isPresent() ? "blocked" + time + cost : "done" + time + cost;
      case FAILED ->
          "failed" + time + cost + ": " + PlainText.visibleLine(result.error().orElse(""), 200);
      case SKIPPED -> "skipped: " + PlainText.visibleLine(result.error().orElse(""), 200);
    };
  }
}
