package adw.flow.run;

import adw.flow.definition.FlowException;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import java.io.IOException;
import java.util.Optional;

/// Performs one phase, whatever its kind.
final class PhaseRun {
  private final PhaseTurn turn;
  private final GateRun.Upstream upstream;

  /// @param upstream the phases before it, which a gate may send back
  PhaseRun(PhaseTurn turn, GateRun.Upstream upstream) {
    this.turn = turn;
    this.upstream = upstream;
  }

  /// Empty when the phase stays open.
  Optional<PhaseResult> perform(Phase phase) throws IOException, InterruptedException {
    if (turn.common.when().isPresent() && turn.depth == 0) {
      var when = turn.common.when().get();
      if (!when.holds(turn.scope)) {
        return turn.mode == PhaseTurn.Mode.EARLIER
            ? Optional.empty()
            : Optional.of(PhaseResult.skipped("Condition not met: " + when.text()));
      }
      when.problem()
          .ifPresent(
              problem -> turn.warn("'when' could not be read and counts as true: " + problem));
    }
    try {
      return performKind(phase).map(turn::remarked);
    } catch (FlowException e) {
      return Optional.of(PhaseResult.failed(String.valueOf(e.getMessage())));
    }
  }

  private Optional<PhaseResult> performKind(Phase phase) throws IOException, InterruptedException {
    return switch (phase) {
      case Phase.Single(_, var manner, var task) -> new SingleRun(turn, manner).perform(task);
      case Phase.Reduce(_, var manner, var task) -> new SingleRun(turn, manner).perform(task);
      case Phase.Gate gate -> new GateRun(turn, gate, upstream).perform();
      case Phase.Parallel parallel -> new ParallelRun(turn, parallel.manner()).perform(parallel);
      case Phase.Each each -> new ParallelRun(turn, each.manner()).perform(each);
      case Phase.Loop loop -> new LoopRun(turn, loop).perform();
      case Phase.Tournament tournament -> new TournamentRun(turn, tournament).perform();
      case Phase.Approval(_, var message) -> new ApprovalRun(turn).perform(message);
      case Phase.SubFlow flow -> new SubFlowRun(turn, flow).perform();
      case Phase.Script script -> new ScriptRun(turn, script).perform();
    };
  }
}
