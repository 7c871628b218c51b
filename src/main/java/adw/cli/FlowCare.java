package adw.cli;

import adw.agent.AgentException;
import adw.agent.Budgets;
import adw.flow.Checked;
import adw.flow.Checker;
import adw.flow.Finding;
import adw.flow.Flow;
import adw.flow.Flows;
import adw.workflow.Check;
import adw.workflow.Probe;
import adw.workflow.Selection.Unusable;
import adw.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at flows and agents before a task is claimed for them; each file is read again only when
/// it has changed.
final class FlowCare implements Check, Probe {
  private static final Set<String> PLAYED_BY_NOBODY = Set.of("script", "approval");

  private final Project project;
  private final Caller caller;
  private final FlowShelf shelf;
  private final Map<String, Seen> seen = new HashMap<>();
  private Optional<Budgets> today = Optional.empty();

  FlowCare(Project project, Caller caller, FlowShelf shelf) {
    this.project = project;
    this.caller = caller;
    this.shelf = shelf;
  }

  /// @param stamp time and size of the file it was read from
  private record Seen(String stamp, Optional<Unusable> fault, boolean needsAgent) {}

  @Override
  public Optional<Unusable> findFault(Workflow workflow) {
    return workflow.kind() instanceof Workflow.Kind.Flow(var reference, _)
        ? look(reference).fault
        : Optional.empty();
  }

  @Override
  public Optional<Unusable> findObstacle(Workflow workflow) {
    return workflow.kind() instanceof Workflow.Kind.Flow(var reference, _)
            && look(reference).needsAgent
        ? findMissingAgent()
        : Optional.empty();
  }

  /// Whether the flow of that name, if there is one, starts an agent.
  boolean needsAgent(String name) {
    return Flows.BUILT_IN.contains(name)
        || (shelf.flows().findFile(name).isPresent() && look(name).needsAgent);
  }

  private Optional<Unusable> findMissingAgent() {
    try {
      var agents = new Agents(project, caller);
      var name = agents.findDefault();
      if (name.isEmpty()) {
        return Optional.of(new Unusable("no agent found", "install one, or tag #sh"));
      }
      return agents.roster().findExecutable(name.get()).isPresent()
          ? findRest(agents, name.get())
          : Optional.of(
              new Unusable(
                  "no agent found: " + name.get() + " is not installed",
                  "install it, set [agent] default in adw.toml, or tag #sh"));
    } catch (AgentException e) {
      return Optional.of(new Unusable(String.valueOf(e.getMessage()), "mend adw.toml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Why an agent that is there starts nothing now.
  private Optional<Unusable> findRest(Agents agents, String name) throws IOException {
    var pause = agents.pauses().find(name);
    if (pause.isPresent()) {
      var until = pause.get().until();
      return Optional.of(
          new Unusable(
              name + " is paused: " + pause.get().why(),
              until.isPresent() ? "it starts at " + until.get() : "adw agents --wake " + name));
    }
    return budgets()
        .findExcess()
        .map(why -> new Unusable(why, "it starts tomorrow, or: adw budget +20"));
  }

  /// Kept, since it reads of the ledger what is new.
  private Budgets budgets() throws IOException {
    if (today.isEmpty()) {
      today = Optional.of(FlowStage.budgets(project, caller, List.of()));
    }
    return today.get();
  }

  private synchronized Seen look(String reference) {
    if (Flows.BUILT_IN.contains(reference)) {
      return new Seen("", Optional.empty(), true);
    }
    try {
      var file = file(reference);
      var stamp = Files.getLastModifiedTime(file) + " " + Files.size(file);
      var known = seen.get(reference);
      if (known != null && known.stamp.equals(stamp)) {
        return known;
      }
      var fresh = read(stamp, shelf.flows().read(file));
      seen.put(reference, fresh);
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String reference) {
    return shelf.flows().findFile(reference).orElse(Path.of(reference));
  }

  private Seen read(String stamp, Checked read) throws IOException {
    var fault =
        findings(read).stream()
            .filter(Finding::isError)
            .findFirst()
            .map(finding -> new Unusable(text(finding), "adw flow verify tells all that is wrong"));
    return new Seen(
        stamp,
        fault.or(() -> read.flow().flatMap(FlowCare::demanding)),
        read.flow().map(FlowCare::needsAgent).orElse(false));
  }

  /// A task has one text, so it can stand for one argument.
  private static Optional<Unusable> demanding(Flow flow) {
    var missing = TaskArguments.missing(flow);
    return missing.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Unusable(
                "the flow requires " + String.join(", ", missing) + ", and a task can give one",
                "give the others a default, or run it with adw flow run"));
  }

  /// Everything that is wrong with a flow.
  List<Finding> findings(Checked read) throws IOException {
    var scope = read.flow().map(Flow::agentScope).orElse("user");
    return new Checker(shelf.flows(), shelf.roles().in(scope).names()).check(read);
  }

  /// The finding, with a path as people in this project write it.
  String text(Finding finding) {
    return finding.text().replace(project.root() + "/", "");
  }

  private static boolean needsAgent(Flow flow) {
    return flow.source().list("phases").stream()
        .map(phase ->
            phase instanceof adw.run.Json.Obj obj ? obj.findText("type") : Optional.<String>empty())
        .anyMatch(type -> !PLAYED_BY_NOBODY.contains(type.orElse("agent")));
  }
}
