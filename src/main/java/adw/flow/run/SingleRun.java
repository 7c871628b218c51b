package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.Template;
import java.io.IOException;
import java.util.Optional;

/// A phase of one call: an agent, or a reduce.
final class SingleRun {
  private final PhaseTurn turn;
  private final Phase.Manner manner;

  SingleRun(PhaseTurn turn, Phase.Manner manner) {
    this.turn = turn;
    this.manner = manner;
  }

  Optional<PhaseResult> perform(Template task) throws IOException, InterruptedException {
    var calls = new PhaseCalls(turn, manner);
    var role = calls.role(Optional.empty());
    var prompt = calls.prompt(task, turn.scope);
    var hash = turn.digest(manner).add(role.name()).add(prompt).text();
    var earlier = turn.reusable(hash);
    if (earlier.isPresent()) {
      return earlier.map(result -> result.withJson(turn.json(result.output().orElse(""))));
    }
    if (turn.mode == PhaseTurn.Mode.EARLIER) {
      return Optional.empty();
    }
    var called = calls.only(role, prompt);
    return called.isOpen()
        ? Optional.empty()
        : Optional.of(turn.keep(result(turn, called).withHash(hash)));
  }

  static PhaseResult result(PhaseTurn turn, CallResult called) {
    var result =
        called.isGood()
            ? PhaseResult.done(called.output()).withJson(turn.json(called.output()))
            : PhaseResult.failed(called.output(), called.error().orElse(called.output()));
    var remarks = result.remarks().withModel(called.model());
    return result
        .with(called.usage())
        .with(called.attempts() > 1 ? remarks.withAttempts(called.attempts()) : remarks);
  }
}
