package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.Role;
import adw.flow.definition.TemplateScope;
import adw.json.Json;
import adw.spend.Usage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// A loop: the same task until its condition holds, two rounds say the same, a round fails, the
/// budget is spent, or it has run often enough.
final class LoopRun {
  private final PhaseTurn turn;
  private final Phase.Loop loop;
  private Usage usage = Usage.NONE;
  private Optional<String> last = Optional.empty();
  private int count;

  LoopRun(PhaseTurn turn, Phase.Loop loop) {
    this.turn = turn;
    this.loop = loop;
  }

  Optional<PhaseResult> perform() throws IOException, InterruptedException {
    var calls = new PhaseCalls(turn, loop.manner());
    var role = calls.role(Optional.empty());
    var hash =
        turn.digest(loop.manner())
            .add(role.name())
            .add(calls.unchanging(loop.task()))
            .add(loop.until().text())
            .add(loop.most() + " " + loop.converges())
            .text();
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == PhaseTurn.Mode.EARLIER) {
      return earlier;
    }
    while (true) {
      count++;
      turn.session().tell(new FlowListener.Event.Moved(turn.path, count - 1, 1, 0, loop.most()));
      var called = round(calls, role);
      usage = usage.plus(called.usage());
      if (called.isOpen()) {
        return Optional.empty();
      }
      if (!called.isGood()) {
        return Optional.of(failed(called).withHash(hash));
      }
      var stop = stop(called);
      last = Optional.of(called.output());
      if (stop.isPresent()) {
        return Optional.of(done(called, stop.get()).withHash(hash));
      }
    }
  }

  private CallResult round(PhaseCalls calls, Role role) throws IOException, InterruptedException {
    var prompt = calls.prompt(loop.task(), turn.scope.with("loop", locals()));
    return calls.oneOf(String.valueOf(count), role, prompt);
  }

  private Json locals() {
    return Json.Obj.empty()
        .with("iteration", count)
        .with("lastOutput", last.orElse(""))
        .with("maxIterations", loop.most());
  }

  /// The word for why no further round follows.
  private Optional<String> stop(CallResult called) {
    if (loop.until().problem().isPresent()) {
      turn.warn(
          "loop 'until' could not be evaluated (stopped early): " + loop.until().problem().get());
      return Optional.of("until");
    }
    var shown = PhaseResult.done(called.output()).withJson(turn.json(called.output()));
    var scope = turn.scope.withStep(turn.common.id(), shown);
    var names =
        new TemplateScope(scope.args(), scope.steps(), scope.previous(), Map.of("loop", locals()));
    if (loop.until().holds(names)) {
      return Optional.of("until");
    }
    if (loop.converges() && last.filter(called.output()::equals).isPresent()) {
      return Optional.of("converged");
    }
    if (count >= loop.most()) {
      return Optional.of("maxIterations");
    }
    return turn.overBudget().isPresent() ? Optional.of("budget") : Optional.empty();
  }

  private PhaseResult failed(CallResult called) {
    var error =
        called.error().orElse("loop '" + turn.common.id() + "' iteration " + count + " failed");
    var result =
        last.map(output -> PhaseResult.failed(output, error))
            .orElseGet(() -> PhaseResult.failed(error));
    return result
        .with(usage)
        .with(
            new Detail.Looped(count, called instanceof CallResult.Aborted ? "aborted" : "failed"));
  }

  private PhaseResult done(CallResult called, String stop) {
    var remarks = PhaseResult.Remarks.NONE.withModel(called.model()).cut(stop.equals("budget"));
    return PhaseResult.done(called.output())
        .withJson(turn.json(called.output()))
        .with(usage)
        .with(remarks)
        .with(new Detail.Looped(count, stop));
  }
}
