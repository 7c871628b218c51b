package adw.agent;

import adw.spend.Budgets;
import adw.spend.Meter;
import java.io.IOException;
import java.util.Optional;

/// An agent whose calls are paid from budgets, and that is not called while it pauses. What it
/// spends is in the ledger under the run, and the group, of the call's environment.
public final class BudgetedAgent implements Agent {
  /// The group of tasks or the flow whose budget a call also counts against.
  public static final String GROUP = "ADW_GROUP";

  private final Agent agent;
  private final AgentPauses pauses;
  private final Budgets budgets;

  public BudgetedAgent(Agent agent, AgentPauses pauses, Budgets budgets) {
    this.agent = agent;
    this.pauses = pauses;
    this.budgets = budgets;
  }

  @Override
  public String name() {
    return agent.name();
  }

  @Override
  public boolean holdsTools() {
    return agent.holdsTools();
  }

  @Override
  public boolean canResume() {
    return agent.canResume();
  }

  @Override
  public Answer run(AgentCall call, Meter meter) throws IOException, InterruptedException {
    var pause = pauses.find(name());
    if (pause.isPresent()) {
      return pause.get().toAnswer(name());
    }
    var excess = budgets.findExcess();
    return excess.isPresent() ? spent(LastMessage.NOTHING, excess.get()) : runPaid(call, meter);
  }

  private Answer runPaid(AgentCall call, Meter meter) throws IOException, InterruptedException {
    var environment = call.environment();
    var tally =
        budgets.open(
            environment.getOrDefault("ADW_RUN_ID", ""),
            environment.getOrDefault(GROUP, ""),
            name(),
            call.wishes().model().orElse(""));
    try {
      var answer = agent.run(limited(call), tally.and(meter));
      tally.close(answer.usage());
      pauses.note(name(), answer);
      return named(answer);
    } catch (InterruptedException stop) {
      tally.close();
      throw stop;
    }
  }

  /// The program, too, is told how much there is left: some tell what they spend only at the end.
  private AgentCall limited(AgentCall call) throws IOException {
    var rest = budgets.findRest();
    var own = call.limits().usd();
    if (rest.isEmpty() || (own.isPresent() && own.getAsDouble() <= rest.getAsDouble())) {
      return call;
    }
    return call.with(call.limits().withUsd(rest.getAsDouble()));
  }

  /// Where a cap stopped it, whoever noticed, the answer names the cap.
  private Answer named(Answer answer) throws IOException {
    if (answer instanceof Answer.Failed failed && failed.kind() == FailureKind.BUDGET) {
      return budgets.findExcess().<Answer>map(why -> spent(failed.said(), why)).orElse(failed);
    }
    return answer;
  }

  private static Answer spent(LastMessage said, String why) {
    return new Answer.Failed(said, FailureKind.BUDGET, why, Optional.empty());
  }
}
