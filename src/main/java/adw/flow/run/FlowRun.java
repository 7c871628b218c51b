package adw.flow.run;

import adw.flow.definition.GateVerdict;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseGraph;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.TemplateScope;
import adw.json.Json;
import adw.spend.Usage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One flow being run, at the top or as a phase of another.
final class FlowRun implements PhaseScheduler.Work, GateRun.Upstream {
  private record Block(String id, PhaseResult result) {
    Optional<String> reason() {
      return result.block().flatMap(reason -> reason);
    }

    /// `review: blocked: the tests fail`
    String sentence() {
      var what = result.detail() instanceof PhaseResult.Detail.Decided ? "rejected" : "blocked";
      return id
          + ": "
          + what
          + reason()
              .or(() -> result.output().flatMap(GateVerdict::findReason))
              .map(why -> ": " + why)
              .orElse("");
    }
  }

  private final FlowFrame frame;
  private final Json.Obj args;
  private final PhaseGraph graph;
  private final PhaseScheduler schedule;
  private volatile Optional<Block> block = Optional.empty();
  private volatile boolean isCut;

  FlowRun(FlowFrame frame, Json.Obj args) {
    this.frame = frame;
    this.args = args;
    this.graph = new PhaseGraph(frame.flow.phases());
    this.schedule = new PhaseScheduler(graph, this, frame.flow.rules().concurrency());
  }

  FlowOutcome run() throws IOException {
    schedule.run();
    var phases = new LinkedHashMap<String, PhaseResult>();
    var usage = Usage.NONE;
    for (var i = 0; i < graph.phases.size(); i++) {
      var result = schedule.find(i);
      if (result.isPresent()) {
        phases.put(graph.phases.get(i).id(), result.get());
        usage = usage.plus(result.get().usage());
      }
    }
    var status = status(phases);
    return new FlowOutcome(
        new FlowOutcome.Ending(status, output(status, phases), why(status, phases)),
        phases,
        new FlowOutcome.Costs(usage, frame.spend.spent()),
        frame.session.allWaiting(),
        List.of());
  }

  /// What kept it from ending well.
  private Optional<String> why(FlowOutcome.Status status, Map<String, PhaseResult> phases) {
    return switch (status) {
      case COMPLETED, PAUSED -> Optional.empty();
      case BLOCKED ->
          block
              .map(Block::sentence)
              .or(() -> frame.spend.over().map(over -> "budget exceeded: " + over));
      case FAILED ->
          phases.entrySet().stream()
              .filter(phase -> isFailed(phase.getValue()))
              .findFirst()
              .map(phase -> phase.getKey() + ": " + phase.getValue().error().orElse("failed"));
    };
  }

  private FlowOutcome.Status status(Map<String, PhaseResult> phases) {
    var isUndone = phases.size() < graph.phases.size();
    if (frame.session.stop().isRequested() && (frame.isAborted() || isUndone)) {
      return FlowOutcome.Status.PAUSED;
    }
    if (block.isPresent()) {
      return FlowOutcome.Status.BLOCKED;
    }
    if (isUndone) {
      return FlowOutcome.Status.PAUSED;
    }
    if (isCut) {
      return FlowOutcome.Status.BLOCKED;
    }
    var hasFailed =
        graph.phases.stream()
            .anyMatch(
                phase -> !phase.common().effect().isOptional() && isFailed(phases.get(phase.id())));
    return hasFailed ? FlowOutcome.Status.FAILED : FlowOutcome.Status.COMPLETED;
  }

  private static boolean isFailed(@org.jspecify.annotations.Nullable PhaseResult result) {
    return result != null && result.status() == PhaseResult.Status.FAILED;
  }

  private String output(FlowOutcome.Status status, Map<String, PhaseResult> phases) {
    var result = resultOf(phases);
    var blocked = block;
    if (status == FlowOutcome.Status.BLOCKED && blocked.isPresent()) {
      return "Gate blocked the workflow."
          + blocked.get().reason().map(reason -> "\nReason: " + reason).orElse("")
          + blocked
              .get()
              .result()
              .output()
              .filter(text -> !text.isEmpty())
              .map(text -> "\n\n" + text)
              .orElse("");
    }
    if (status == FlowOutcome.Status.BLOCKED) {
      return "Budget exceeded — run halted."
          + frame.spend.over().map(reason -> "\nReason: " + reason).orElse("")
          + result
              .flatMap(PhaseResult::output)
              .filter(text -> !text.isEmpty())
              .map(text -> "\n\n" + text)
              .orElse("");
    }
    return result.flatMap(PhaseResult::output).orElse("(no output)");
  }

  /// The final phase if it is done, else the last one that is, else the final one as it is.
  private Optional<PhaseResult> resultOf(Map<String, PhaseResult> phases) {
    var last = Optional.ofNullable(phases.get(frame.flow.result().id()));
    if (last.filter(PhaseResult::isDone).isPresent()) {
      return last;
    }
    return phases.values().stream()
        .filter(PhaseResult::isDone)
        .reduce((_, later) -> later)
        .or(() -> last);
  }

  @Override
  public Optional<PhaseResult> perform(int index, boolean onlyEarlier)
      throws IOException, InterruptedException {
    var phase = graph.phases.get(index);
    var path = frame.place.path(phase.id());
    var started = frame.session.millis();
    frame.session.tell(new FlowListener.Event.Started(path));
    var turn = new PhaseTurn(frame, phase.common(), path, scope(phase), mode(onlyEarlier), 0);
    var result =
        new PhaseRun(turn, this)
            .perform(phase)
            .map(r ->
                r.with(
                    r.remarks()
                        .seen(
                            turn.notes(),
                            java.time.Duration.ofMillis(frame.session.millis() - started))));
    if (result.isPresent()) {
      frame.session.recorder().phase(path, result.get(), turn.unrecorded());
    }
    return result;
  }

  private PhaseTurn.Mode mode(boolean onlyEarlier) {
    if (frame.place.isFresh()) {
      return PhaseTurn.Mode.FRESH;
    }
    return onlyEarlier ? PhaseTurn.Mode.EARLIER : PhaseTurn.Mode.USUAL;
  }

  @Override
  public void repeat(String id, int depth) throws IOException, InterruptedException {
    var index = graph.find(id).orElseThrow();
    var phase = graph.phases.get(index);
    if (schedule.find(index).filter(one -> one.status() != PhaseResult.Status.SKIPPED).isEmpty()) {
      return;
    }
    var path = frame.place.path(id);
    var turn =
        new PhaseTurn(frame, phase.common(), path, scope(phase), PhaseTurn.Mode.FRESH, depth);
    var result = new PhaseRun(turn, this).perform(phase);
    if (result.isPresent()) {
      frame.session.recorder().phase(path, result.get(), turn.unrecorded());
      schedule.replace(index, result.get());
      frame.session.tell(new FlowListener.Event.Settled(path, result.get(), frame.spend.spent()));
    }
  }

  @Override
  public TemplateScope scope(Phase phase) {
    return new TemplateScope(
        args, id -> graph.find(id).flatMap(schedule::find), previous(phase), Map.of());
  }

  /// The output of the last dependency that is done.
  private Optional<String> previous(Phase phase) {
    var dependencies = phase.common().dependencies();
    for (var i = dependencies.size() - 1; i >= 0; i--) {
      var result =
          graph.find(dependencies.get(i)).flatMap(schedule::find).filter(PhaseResult::isDone);
      if (result.isPresent()) {
        return result.flatMap(PhaseResult::visibleOutput);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> halt() {
    var blocked = block;
    return blocked.isPresent()
        ? Optional.of(
            "Gate blocked" + blocked.get().reason().map(reason -> ": " + reason).orElse(""))
        : frame.spend.over().map(reason -> "Budget exceeded: " + reason);
  }

  @Override
  public boolean hasEarlier() {
    return !frame.session.prior().isEmpty() && !frame.place.isFresh();
  }

  @Override
  public boolean isStopped() {
    return frame.session.stop().isRequested();
  }

  @Override
  public void start(Runnable work) {
    frame.session.stop().start(work);
  }

  @Override
  public void stop() {
    frame.session.stop().request();
  }

  @Override
  public void settled(int index, PhaseResult result) {
    var reason = result.block();
    if (reason.isPresent() && block.isEmpty() && !result.remarks().isCut()) {
      block = Optional.of(new Block(graph.phases.get(index).id(), result));
    }
    isCut |= result.remarks().isCut();
    var path = frame.place.path(graph.phases.get(index).id());
    frame.session.tell(new FlowListener.Event.Settled(path, result, frame.spend.spent()));
  }

  @Override
  public void leftOut(int index, PhaseResult result) {
    isCut |= block.isEmpty();
    settled(index, result);
  }
}
