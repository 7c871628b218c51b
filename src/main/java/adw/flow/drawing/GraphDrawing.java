package adw.flow.drawing;

import adw.flow.definition.Flow;
import adw.flow.definition.JsonValues;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseGraph;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.PlaceholderUse;
import adw.flow.run.RecordedGraph;
import adw.text.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The graph as lines of text: one row a phase, a rail around those of one layer, a header with
/// what is done, what it cost and how long it took.
public final class GraphDrawing {
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final int TICK_MILLIS = 120;
  private static final int BAR = 8;

  private final RecordedGraph state;
  private final Flow flow;
  private final PhaseGraph graph;
  private final int idWidth;
  private final int typeWidth;

  private GraphDrawing(RecordedGraph state) {
    this.state = state;
    this.flow = state.flow();
    this.graph = new PhaseGraph(flow.phases());
    this.idWidth = Math.min(40, widest(phase -> phase.id()));
    this.typeWidth = widest(phase -> phase.common().type());
  }

  private int widest(Function<Phase, String> text) {
    return flow.phases().stream().mapToInt(phase -> text.apply(phase).length()).max().orElse(0);
  }

  public static List<String> of(RecordedGraph state) {
    return new GraphDrawing(state).lines();
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(header());
    var layers = layers();
    for (var layer : layers) {
      for (var i = 0; i < layer.size(); i++) {
        rows(layer.get(i), rail(i, layer.size()), lines);
      }
    }
    if (!isRunning()) {
      lines.add("");
      lines.add(summary());
    }
    return lines;
  }

  private boolean isRunning() {
    return state.status().equals("running");
  }

  private List<List<Integer>> layers() {
    var layers = new ArrayList<List<Integer>>();
    for (var i = 0; i < graph.layers; i++) {
      layers.add(new ArrayList<>());
    }
    for (var i = 0; i < graph.phases.size(); i++) {
      layers.get(graph.layer[i]).add(i);
    }
    return layers;
  }

  private static String rail(int place, int size) {
    if (size == 1) {
      return " ";
    }
    return place == 0 ? "┌" : place == size - 1 ? "└" : "├";
  }

  private String header() {
    var parts = new ArrayList<String>();
    parts.add(count(PhaseResult.Status.DONE) + "/" + flow.phases().size());
    if (!state.running().isEmpty()) {
      parts.add(state.running().size() + "▸");
    }
    if (count(PhaseResult.Status.FAILED) > 0) {
      parts.add(count(PhaseResult.Status.FAILED) + "✗");
    }
    if (!isRunning() && !state.status().equals("completed") && !state.status().equals("failed")) {
      parts.add(state.status());
    }
    cost(parts);
    parts.add(time(state.elapsed()));
    return icon()
        + " flow "
        + PlainText.visibleLine(flow.name(), 60)
        + "  "
        + String.join(" · ", parts);
  }

  private void cost(List<String> parts) {
    var usd = state.spent().usd();
    var cap =
        flow.rules()
            .budget()
            .flatMap(Flow.Budget::maxUsd)
            .map(most -> "/$" + JsonValues.number(most))
            .orElse("");
    if (usd > 0 || !cap.isEmpty()) {
      parts.add(money(usd) + cap);
    }
  }

  private long count(PhaseResult.Status status) {
    return state.settled().values().stream().filter(result -> result.status() == status).count();
  }

  private String icon() {
    return switch (state.status()) {
      case "running" -> spinner(state.elapsed());
      case "completed" -> "✓";
      case "failed" -> "✗";
      case "blocked" -> "⊗";
      default -> "‖";
    };
  }

  private static String spinner(Duration elapsed) {
    var frame = (int) (elapsed.toMillis() / TICK_MILLIS % SPINNER.length());
    return SPINNER.substring(frame, frame + 1);
  }

  private String summary() {
    var failed = count(PhaseResult.Status.FAILED);
    return "summary: "
        + count(PhaseResult.Status.DONE)
        + "/"
        + flow.phases().size()
        + " done"
        + (failed > 0 ? ", " + failed + " failed" : "");
  }

  private void rows(int place, String rail, List<String> lines) {
    var phase = graph.phases.get(place);
    var result = Optional.ofNullable(state.settled().get(phase.id()));
    var live = Optional.ofNullable(state.running().get(phase.id()));
    var start = "  " + rail + " " + icon(result, live) + " " + padded(phase.id(), idWidth) + "  ";
    var detail =
        live.map(one -> running(phase, one))
            .or(() -> result.map(one -> settled(phase, one)))
            .orElse("—");
    lines.add(
        (start + padded(phase.common().type(), typeWidth) + "  " + detail + skips(place))
            .stripTrailing());
    live.flatMap(RecordedGraph.Live::says)
        .ifPresent(
            says -> lines.add(" ".repeat(idWidth + 9) + "› " + PlainText.visibleLine(says, 88)));
  }

  private static String padded(String text, int width) {
    var shown = PlainText.visibleLine(text, Math.max(1, width));
    return shown + " ".repeat(Math.max(0, width - shown.length()));
  }

  private String icon(Optional<PhaseResult> result, Optional<RecordedGraph.Live> live) {
    if (live.isPresent()) {
      return spinner(live.get().elapsed());
    }
    return result
        .map(one ->
            switch (one.status()) {
              case DONE -> "✓";
              case FAILED -> "✗";
              case SKIPPED -> "⊘";
            })
        .orElse("○");
  }

  /// Dependencies that are not in the layer just above.
  private String skips(int place) {
    var far = new ArrayList<String>();
    for (var on : graph.dependencies[place]) {
      if (graph.layer[on] < graph.layer[place] - 1) {
        far.add(graph.phases.get(on).id());
      }
    }
    return far.isEmpty() ? "" : "  ↳ " + PlainText.visibleLine(String.join(",", far), 60);
  }

  private static String running(Phase phase, RecordedGraph.Live live) {
    var parts = new ArrayList<String>();
    if (live.total() > 0) {
      var full = Math.clamp((long) Math.ceil((double) BAR * live.done() / live.total()), 0, BAR);
      parts.add(
          "━".repeat(full)
              + "─".repeat(BAR - full)
              + " "
              + live.done()
              + "/"
              + live.total()
              + " · "
              + live.active()
              + " run"
              + (live.failed() > 0 ? " · " + live.failed() + "✗" : ""));
    }
    parts.add(role(phase, Optional.empty()));
    parts.add(time(live.elapsed()));
    return String.join("  ", parts);
  }

  private static String settled(Phase phase, PhaseResult result) {
    if (result.status() == PhaseResult.Status.SKIPPED) {
      return "skipped · " + PlainText.visibleLine(result.error().orElse(""), 52);
    }
    if (result.remarks().isCached()) {
      return "✓ CACHED cross-run";
    }
    var parts = new ArrayList<String>();
    parts.add(outcome(phase, result));
    if (result.status() == PhaseResult.Status.FAILED) {
      parts.add(PlainText.visibleLine(result.error().orElse(""), 56));
    }
    if (result.usage().usd() > 0) {
      parts.add(money(result.usage().usd()));
    }
    if (result.remarks().attempts().orElse(1) > 1) {
      parts.add("↻" + (result.remarks().attempts().getAsInt() - 1));
    }
    if (!result.remarks().took().isZero()) {
      parts.add(time(result.remarks().took()));
    }
    var warnings = result.remarks().warnings().size() + result.remarks().notes().size();
    if (warnings > 0) {
      parts.add("⚠" + warnings);
    }
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("  "));
  }

  private static String outcome(Phase phase, PhaseResult result) {
    return switch (result.detail()) {
      case Detail.Plain() -> result.isDone() ? role(phase, result.remarks().model()) : "";
      case Detail.Gated(var blocks, var reason) ->
          (blocks ? "BLOCK" : "PASS")
              + reason.map(text -> " " + PlainText.visibleLine(text, 44)).orElse("");
      case Detail.Decided decided ->
          (decided.blockedBecause().isPresent() ? "⚠ " : "")
              + decided.decision().toUpperCase(Locale.ROOT)
              + (decided.isAutomatic() ? " auto" : "")
              + decided.by().map(who -> " by " + PlainText.visibleLine(who, 30)).orElse("");
      case Detail.Looped(var iterations, var stop) -> "↻" + iterations + " " + word(stop);
      case Detail.Judged judged ->
          "⚑ "
              + judged.variants()
              + (judged.mode().equals("best") ? "→#" + judged.winner() : " aggregate")
              + judged.reason().map(text -> " " + PlainText.visibleLine(text, 44)).orElse("");
      case Detail.Fanned(var done, var total, var failed) ->
          failed > 0 || done < total
              ? (done - failed) + "/" + total + (failed > 0 ? " " + failed + "✗" : "")
              : done + "✓";
      case Detail.Misplanned(var problem) -> "no plan: " + PlainText.visibleLine(problem, 52);
    };
  }

  private static String word(String stop) {
    return switch (stop) {
      case "until" -> "done";
      case "maxIterations" -> "max";
      default -> stop;
    };
  }

  private static String role(Phase phase, Optional<String> model) {
    var name =
        PlaceholderUse.manner(phase)
            .flatMap(manner -> manner.player().agent())
            .orElse(phase.common().type());
    return name + model.map(one -> "（" + PlainText.visibleLine(one, 40) + "）").orElse("");
  }

  /// $1.23; below a cent with four decimals.
  static String money(double usd) {
    return String.format(Locale.ROOT, usd > 0 && usd < 0.01 ? "$%.4f" : "$%.2f", usd);
  }

  /// 5s, 3m30s, 1h05m.
  static String time(Duration time) {
    var seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
  }
}
