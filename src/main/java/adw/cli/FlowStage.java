package adw.cli;

import adw.agent.Budgets;
import adw.agent.Cap;
import adw.agent.Raises;
import adw.flow.AgentPlayer;
import adw.flow.Approver;
import adw.flow.Engine;
import adw.flow.Models;
import adw.flow.Progress;
import adw.flow.World;
import adw.os.Command;
import adw.run.Ledger;
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
record FlowStage(
    Project project,
    Caller caller,
    Path directory,
    Map<String, String> environment,
    Cast cast,
    Approver approver,
    Models models) {
  private static final Duration GIT = Duration.ofSeconds(20);

  FlowShelf shelf() {
    return new FlowShelf(project, caller.environment());
  }

  Engine engine(Progress progress) {
    return new Engine(world(progress));
  }

  World world(Progress progress) {
    var limit = project.settings().loop().limits().timeout();
    var player = new AgentPlayer(cast, environment, limit);
    return new World(
        new World.Crew(player, approver, shelf().roles().playing(cast.role()), models),
        new World.Shelf(shelf().flows(), shelf().cache(caller.clock()), this::revision),
        new World.Site(directory, environment, project.enclosure()),
        new World.Time(caller.clock(), Thread::sleep),
        progress);
  }

  /// The caps of today and of the run; 0 is none.
  static Budgets budgets(Project project, Caller caller, List<Cap> ofRun) throws IOException {
    var caps = new ArrayList<>(ofRun);
    caps.add(ofDay(project, caller));
    caps.removeIf(cap -> cap.usd() <= 0);
    return new Budgets(
        new Ledger(project.state()), raises(project), List.copyOf(caps), caller.clock());
  }

  static Cap ofDay(Project project, Caller caller) {
    return new Cap.OfDay(caller::zone, project.settings().agent().maxUsdDay());
  }

  static Raises raises(Project project) {
    return new Raises(project.state().root().resolve("agents"));
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
}
