package adw.cli.project;

import adw.cli.console.Caller;
import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFolders;
import adw.workflow.Selection.Unusable;
import adw.workflow.Workflow;
import adw.workflow.WorkflowCheck;
import adw.workflow.WorkflowProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at flows and agents before a task is claimed for them; each file is read again only when
/// it has changed.
public final class FlowHealth implements WorkflowCheck, WorkflowProbe {
  private final Project project;
  private final FlowShelf shelf;
  private final FlowAgents players;
  private final Map<String, Seen> seen = new HashMap<>();

  public FlowHealth(Project project, Caller caller, FlowShelf shelf) {
    this.project = project;
    this.shelf = shelf;
    this.players = new FlowAgents(project, caller, shelf);
  }

  /// @param stamp time and size of the file it was read from
  private record Seen(String stamp, Optional<Unusable> fault, FlowNeeds parts) {}

  /// Of the flow's own phases; those of flows that it uses say so when they run.
  @Override
  public List<String> warnings(Workflow workflow, Optional<String> agent) {
    if (!(workflow.kind() instanceof Workflow.Kind.Flow(var reference, _))) {
      return List.of();
    }
    var flow =
        shelf
            .flows()
            .find(reference)
            .orElseGet(() -> shelf.flows().readSaved(Path.of(reference)))
            .flow();
    try {
      return flow.isPresent()
          ? players.findUnheldTools(flow.get(), agent).stream().map(this::text).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Unusable> findFault(Workflow workflow) {
    return workflow.kind() instanceof Workflow.Kind.Flow(var reference, _)
        ? look(reference).fault
        : Optional.empty();
  }

  @Override
  public Optional<Unusable> findObstacle(Workflow workflow, Optional<String> agent) {
    return workflow.kind() instanceof Workflow.Kind.Flow(var reference, _)
        ? players.findMissing(look(reference).parts, agent)
        : Optional.empty();
  }

  /// Whether the flow of that name, if there is one, starts an agent.
  boolean needsAgent(String name) {
    return FlowFolders.BUILT_IN.contains(name)
        || (shelf.flows().findFile(name).isPresent() && look(name).parts.needsAgent());
  }

  /// Of a program of the repository's own only the agent that the task names is known.
  @Override
  public Optional<Unusable> findRest(Workflow workflow, Optional<String> agent) {
    return switch (workflow.kind()) {
      case Workflow.Kind.Flow(var reference, _) -> players.findRest(look(reference).parts, agent);
      case Workflow.Kind.Program _, Workflow.Kind.AgentProgram _ ->
          agent.flatMap(players::findPause);
      case Workflow.Kind.Shell _ -> Optional.empty();
    };
  }

  private synchronized Seen look(String reference) {
    if (FlowFolders.BUILT_IN.contains(reference)) {
      return new Seen("", Optional.empty(), FlowNeeds.BUILT_IN);
    }
    try {
      var file = file(reference);
      var stamp = Files.getLastModifiedTime(file) + " " + Files.size(file);
      var known = seen.get(reference);
      if (known != null && known.stamp.equals(stamp)) {
        return known;
      }
      var fresh = read(stamp, shelf.flows().readSaved(file));
      seen.put(reference, fresh);
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String reference) {
    return shelf.flows().findFile(reference).orElse(Path.of(reference));
  }

  private Seen read(String stamp, CheckedFlow read) throws IOException {
    var fault =
        findings(read).stream()
            .filter(FlowFinding::isError)
            .findFirst()
            .map(finding -> new Unusable(text(finding), "adw flow verify tells all that is wrong"));
    return new Seen(
        stamp,
        fault.or(() -> read.flow().flatMap(FlowHealth::demanding)),
        read.flow().map(FlowNeeds::of).orElse(FlowNeeds.NONE));
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
  public List<FlowFinding> findings(CheckedFlow read) throws IOException {
    var scope = read.flow().map(flow -> flow.rules().agentScope()).orElse("user");
    var findings =
        new ArrayList<>(
            new FlowChecker(shelf.flows(), shelf.roles().in(scope).names()).check(read));
    if (read.flow().isPresent()) {
      findings.addAll(players.findUnheldTools(read.flow().get(), Optional.empty()));
    }
    return findings;
  }

  /// The finding, with a path as people in this project write it.
  public String text(FlowFinding finding) {
    return finding.text().replace(project.root() + "/", "");
  }
}
