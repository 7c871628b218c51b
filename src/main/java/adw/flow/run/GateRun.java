package adw.flow.run;

import adw.flow.definition.GateVerdict;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.Role;
import adw.flow.definition.TemplateScope;
import java.io.IOException;
import java.util.Optional;

/// A gate: checks that need no agent, then an agent's verdict, and where asked for the phases
/// before it once more.
final class GateRun {
  private static final int DEEPEST = 3;

  /// The phases before a gate.
  interface Upstream {
    /// Does a phase again because a gate did not like its result.
    ///
    /// @param depth how many gates have sent it back
    void repeat(String id, int depth) throws IOException, InterruptedException;

    /// What a phase sees of them now.
    TemplateScope scope(Phase phase);
  }

  private final PhaseTurn turn;
  private final Phase.Gate gate;
  private final Upstream upstream;

  GateRun(PhaseTurn turn, Phase.Gate gate, Upstream upstream) {
    this.turn = turn;
    this.gate = gate;
    this.upstream = upstream;
  }

  Optional<PhaseResult> perform() throws IOException, InterruptedException {
    if (!gate.checks().isEmpty() && gate.checks().stream().allMatch(this::holds)) {
      return Optional.of(
          PhaseResult.done("PASS (eval checks passed — no LLM call)")
              .with(new Detail.Gated(false, Optional.empty()))
              .withHash(turn.digest(gate.manner()).add("checks hold").text()));
    }
    var calls = new PhaseCalls(turn, gate.manner());
    var role = calls.role(Optional.empty());
    var hash = hash(role, calls.prompt(gate.task(), turn.scope));
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == PhaseTurn.Mode.EARLIER) {
      return earlier;
    }
    var called = calls.only(role, calls.prompt(gate.task(), turn.scope));
    return called.isOpen() ? Optional.empty() : repeat(calls, role, judge(called).withHash(hash));
  }

  private String hash(Role role, String prompt) {
    return turn.digest(gate.manner()).add(role.name()).add(prompt).text();
  }

  private boolean holds(Phase.Check check) {
    return switch (check) {
      case Phase.Check.Contains(var left, var text) -> turn.fill(left).contains(text);
      case Phase.Check.Holds(var condition) -> {
        condition
            .problem()
            .ifPresent(problem ->
                turn.note("the check \"" + condition.text() + "\" counts as true: " + problem));
        yield condition.holds(turn.scope);
      }
    };
  }

  private PhaseResult judge(CallResult called) {
    var result = SingleRun.result(turn, called);
    return called.isGood() ? result.with(verdict(called.output())) : result;
  }

  private Detail verdict(String answer) {
    return switch (GateVerdict.read(answer)) {
      case GateVerdict.Pass(var reason) -> new Detail.Gated(false, reason);
      case GateVerdict.Block(var reason) -> new Detail.Gated(true, reason);
      case GateVerdict.Unreadable() when turn.frame.flow.rules().strict() ->
          new Detail.Gated(true, Optional.of("no readable verdict"));
      case GateVerdict.Unreadable() -> {
        turn.warn(
            "no readable verdict, so the gate passes; end the answer with VERDICT: PASS or VERDICT:"
                + " BLOCK");
        yield new Detail.Gated(false, Optional.empty());
      }
    };
  }

  /// On BLOCK with `onBlock: retry`: the phases before it again, then the gate.
  private Optional<PhaseResult> repeat(PhaseCalls calls, Role role, PhaseResult first)
      throws IOException, InterruptedException {
    if (first.block().isEmpty()) {
      return Optional.of(first);
    }
    var result = first;
    var rounds = 0;
    var most = gate.repeats() ? gate.manner().limits().retry().map(Phase.Retry::max).orElse(1) : 0;
    while (result.block().isPresent()
        && rounds < most
        && !turn.isStopped()
        && turn.overBudget().isEmpty()) {
      rounds++;
      if (turn.depth < DEEPEST) {
        for (var id : turn.common.start().dependsOn()) {
          upstream.repeat(id, turn.depth + 1);
        }
      }
      var prompt = calls.prompt(gate.task(), upstream.scope(gate));
      var called = calls.only(role, prompt);
      if (called.isOpen()) {
        return Optional.empty();
      }
      result = judge(called).withHash(hash(role, prompt));
    }
    if (result.block().isPresent() && rounds < most && turn.overBudget().isPresent()) {
      turn.cutShort();
    }
    var attempts = first.remarks().attempts().orElse(0) + rounds;
    return Optional.of(result.with(result.remarks().withAttempts(attempts)));
  }
}
