package adw.cli.project;

import adw.cli.console.Caller;
import adw.flow.definition.ModelChoice;
import adw.flow.run.AgentCaller;
import adw.flow.run.Approver;
import adw.flow.run.FlowEngine;
import adw.flow.run.FlowListener;
import adw.flow.run.FlowWorld;
import adw.os.process.Command;
import adw.run.Run;
import adw.spend.BudgetRaises;
import adw.spend.Budgets;
import adw.spend.Cap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a flow is run with: agents, budgets, records, whoever can approve.
///
/// @param directory where it works
/// @param environment of everything it starts
public record FlowWiring(
    Project project,
    Caller caller,
    Path directory,
    Map<String, String> environment,
    AgentCast cast,
    Approver approver,
    ModelChoice models) {
  private static final Duration GIT = Duration.ofSeconds(20);

  FlowShelf shelf() {
    return new FlowShelf(project, caller.environment());
  }

  public FlowEngine engine(FlowListener progress) {
    return new FlowEngine(world(progress));
  }

  FlowWorld world(FlowListener progress) {
    var limit = project.settings().loop().limits().timeout();
    var player = new AgentCaller(cast, environment, limit);
    return new FlowWorld(
        new FlowWorld.Crew(player, approver, shelf().roles().playing(cast.role()), models),
        new FlowWorld.Shelf(shelf().flows(), shelf().cache(caller.clock()), this::revision),
        new FlowWorld.Site(directory, environment, project.enclosure()),
        new FlowWorld.Time(caller.clock(), Thread::sleep),
        progress);
  }

  /// The caps of today and of the run; 0 is none.
  public static Budgets budgets(Project project, Caller caller, List<Cap> ofRun)
      throws IOException {
    var caps = new ArrayList<>(ofRun);
    caps.add(ofDay(project, caller));
    caps.removeIf(cap -> cap.usd() <= 0);
    return new Budgets(
        project.state().openLedger(), raises(project), List.copyOf(caps), caller.clock());
  }

  public static Cap ofDay(Project project, Caller caller) {
    return new Cap.OfDay(caller::zone, project.settings().agent().maxUsdDay());
  }

  public static BudgetRaises raises(Project project) {
    return new BudgetRaises(project.state().root().resolve("agents"));
  }

  private Optional<String> revision(String reference) {
    try {
      var argv = List.of("git", "rev-parse", "--verify", "--quiet", reference);
      var asked = new Command(argv, directory, environment, GIT).run();
      return asked.succeeded() ? Optional.of(asked.outText().strip()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // without git there are no revisions
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// What a task shares with the other subtasks of its group.
  public static Optional<Cap.OfGroup> group(Run run) {
    return run.notes().group().map(group -> new Cap.OfGroup(group.name(), group.usd()));
  }
}
