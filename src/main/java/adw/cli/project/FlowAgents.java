package adw.cli.project;

import adw.agent.AgentException;
import adw.agent.program.Presets;
import adw.cli.console.Caller;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.Role;
import adw.flow.definition.ToolUse;
import adw.spend.Budgets;
import adw.workflow.Selection.Unusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The agents that play the flow of a task: those that its roles name, else the task's, else the
/// one by default. Whether they are there, and whether they start anything now.
final class FlowAgents {
  private final Project project;
  private final Caller caller;
  private final FlowShelf shelf;
  private Optional<Budgets> today = Optional.empty();

  FlowAgents(Project project, Caller caller, FlowShelf shelf) {
    this.project = project;
    this.caller = caller;
    this.shelf = shelf;
  }

  private interface Question {
    Optional<Unusable> ask() throws IOException;
  }

  private static Optional<Unusable> asking(Question question) {
    try {
      return question.ask();
    } catch (AgentException e) {
      return Optional.of(new Unusable(String.valueOf(e.getMessage()), "mend adw.toml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param agent the one that the task names
  Optional<Unusable> findMissing(FlowNeeds parts, Optional<String> agent) {
    return asking(() -> {
      var players = find(parts, agent);
      if (players.isEmpty()) {
        return Optional.of(new Unusable("no agent found", "install one, or tag #sh"));
      }
      var roster = agents().roster();
      return players.get().stream()
          .filter(name -> roster.findExecutable(name).isEmpty())
          .findFirst()
          .map(name ->
              new Unusable(
                  "no agent found: " + name + " is not installed",
                  "install it, set [agent] default in adw.toml, or tag #sh"));
    });
  }

  /// The phases whose tools the program that plays them cannot be kept to. Where settings of agents
  /// are wrong nothing starts, which is told as what is missing.
  List<FlowFinding> findUnheldTools(Flow flow, Optional<String> agent) throws IOException {
    try {
      return findUnheldTools(flow, agent, agents().presets());
    } catch (AgentException _) {
      return List.of();
    }
  }

  private List<FlowFinding> findUnheldTools(Flow flow, Optional<String> agent, Presets presets)
      throws IOException {
    var roles = shelf.roles().playing(agents().findRole(agent)).in(flow.rules().agentScope());
    var unheld = new ArrayList<FlowFinding>();
    for (var use : ToolUse.of(flow, roles)) {
      use.preset()
          .or(() -> agent)
          .or(agents()::findDefault)
          .flatMap(presets::find)
          .filter(preset -> !preset.holdsTools())
          .map(preset -> use.unheld(preset.name()))
          .map(finding -> flow.origin().file().map(finding::in).orElse(finding))
          .ifPresent(unheld::add);
    }
    return unheld;
  }

  /// Why one of them starts nothing now although it is there.
  Optional<Unusable> findRest(FlowNeeds parts, Optional<String> agent) {
    return asking(() -> {
      var players = find(parts, agent).orElse(Set.of());
      for (var name : players) {
        var pause = findPause(name);
        if (pause.isPresent()) {
          return pause;
        }
      }
      return players.isEmpty() ? Optional.empty() : findExcess();
    });
  }

  Optional<Unusable> findPause(String name) {
    return asking(() ->
        agents()
            .pauses()
            .find(name)
            .map(pause -> {
              var until = pause.until();
              return new Unusable(
                  name + " is paused: " + pause.why(),
                  until.isPresent() ? "it starts at " + until.get() : "adw agents --wake " + name);
            }));
  }

  private Optional<Unusable> findExcess() throws IOException {
    return budgets()
        .findExcess()
        .map(why -> new Unusable(why, "it starts tomorrow, or: adw budget +20"));
  }

  /// Kept, since it reads of the ledger what is new.
  private Budgets budgets() throws IOException {
    if (today.isEmpty()) {
      today = Optional.of(FlowWiring.budgets(project, caller, List.of()));
    }
    return today.get();
  }

  private ProjectAgents agents() {
    return new ProjectAgents(project, caller);
  }

  /// Empty if a part has nobody to play it.
  private Optional<Set<String>> find(FlowNeeds parts, Optional<String> agent) throws IOException {
    var roles = new LinkedHashSet<Optional<String>>();
    parts.roles().forEach(role -> roles.add(Optional.of(role)));
    if (parts.hasOpen()) {
      roles.add(agents().findRole(agent));
    }
    var players = new LinkedHashSet<String>();
    for (var role : roles) {
      var player = findPreset(parts, role).or(() -> agent).or(agents()::findDefault);
      if (player.isEmpty()) {
        return Optional.empty();
      }
      players.add(player.get());
    }
    return Optional.of(players);
  }

  private Optional<String> findPreset(FlowNeeds parts, Optional<String> role) throws IOException {
    return role.isEmpty()
        ? Optional.empty()
        : shelf.roles().in(parts.scope()).find(role.get()).flatMap(Role::preset);
  }
}
