package adw.cli.project;

import adw.agent.Agent;
import adw.agent.AgentCall;
import adw.agent.Answer;
import adw.agent.BudgetedAgent;
import adw.agent.FailureKind;
import adw.agent.program.AgentProgram;
import adw.flow.definition.FlowException;
import adw.flow.run.AgentCaller;
import adw.spend.Budgets;
import adw.spend.Meter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the program that plays a phase: paid from budgets, and not called while it pauses.
public final class AgentCast implements AgentCaller.Crew {
  private final ProjectAgents agents;
  private final Budgets budgets;
  private final Optional<String> byDefault;
  private final boolean waitsForLimits;
  private final Map<String, Agent> known = new ConcurrentHashMap<>();

  /// @param byDefault plays what names nobody
  /// @param waitsForLimits whether a rate limit without a time pauses the agent for everybody;
  ///   otherwise the flow itself tries again
  public AgentCast(
      ProjectAgents agents, Budgets budgets, Optional<String> byDefault, boolean waitsForLimits) {
    this.agents = agents;
    this.budgets = budgets;
    this.byDefault = byDefault;
    this.waitsForLimits = waitsForLimits;
  }

  /// What whoever plays by default plays where a phase names no role.
  Optional<String> role() {
    return agents.findRole(byDefault);
  }

  @Override
  public Agent agent(Optional<String> preset) {
    var name =
        preset
            .or(() -> byDefault)
            .or(agents::findDefault)
            .orElseThrow(() -> new FlowException("no agent found: install one (adw agents)"));
    return known.computeIfAbsent(name, this::open);
  }

  private Agent open(String name) {
    var preset =
        agents
            .presets()
            .find(name)
            .orElseThrow(() ->
                new FlowException("there is no agent '" + name + "' (adw agents lists them)"));
    var program = new AgentProgram(preset, agents.programs());
    return new BudgetedAgent(
        waitsForLimits ? program : new Undaunted(program), agents.pauses(), budgets);
  }

  /// A limit of which nobody says how long it lasts is like any trouble that may pass.
  private record Undaunted(Agent agent) implements Agent {
    @Override
    public String name() {
      return agent.name();
    }

    @Override
    public boolean canResume() {
      return agent.canResume();
    }

    @Override
    public boolean holdsTools() {
      return agent.holdsTools();
    }

    @Override
    public Answer run(AgentCall call, Meter meter) throws IOException, InterruptedException {
      var answer = agent.run(call, meter);
      return answer instanceof Answer.Failed(var said, var kind, var message, var retryAt)
              && kind == FailureKind.RATE_LIMIT
              && retryAt.isEmpty()
          ? new Answer.Failed(said, FailureKind.OVERLOADED, message, retryAt)
          : answer;
    }
  }
}
