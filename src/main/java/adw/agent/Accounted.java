package adw.agent;

import java.io.IOException;
import java.util.Optional;

/// An agent whose calls are paid from budgets, and that is not called while it pauses. What it
/// spends is in the ledger under the run, and the group, of the call's environment.
public final class Accounted implements Agent {
  /// The group of tasks or the flow whose budget a call also counts against.
  public static final String GROUP = "ADW_GROUP";

  private final Agent agent;
  private final Pauses pauses;
  private final Budgets budgets;

  public Accounted(Agent agent, Pauses pauses, Budgets budgets) {
    this.agent = agent;
    this.pauses = pauses;
    this.budgets = budgets;
  }

  @Override
  public String name() {
    return agent.name();
  }

  @Override
  public Answer run(Call call, Meter meter) throws IOException, InterruptedException {
    var pause = pauses.find(name());
    if (pause.isPresent()) {
      return pause.get().toAnswer(name());
    }
    var excess = budgets.findExcess();
    if (excess.isPresent()) {
      return new Answer.Failed(Said.NOTHING, Kind.BUDGET, excess.get(), Optional.empty());
    }
    return runPaid(call, meter);
  }

  private Answer runPaid(Call call, Meter meter) throws IOException, InterruptedException {
    var environment = call.environment();
    var tally =
        budgets.open(
            environment.getOrDefault("ADW_RUN_ID", ""),
            environment.getOrDefault(GROUP, ""),
            name(),
            call.wishes().model().orElse(""));
    try {
      var answer = agent.run(call, tally.and(meter));
      tally.close(answer.usage());
      pauses.note(name(), answer);
      return answer;
    } catch (InterruptedException stop) {
      tally.close();
      throw stop;
    }
  }
}
