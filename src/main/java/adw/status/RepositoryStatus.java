package adw.status;

import adw.cli.console.Caller;
import adw.cli.project.Project;
import adw.cli.project.RunCommits;
import adw.git.config.RepositoryPaths;
import adw.os.TextFile;
import adw.os.process.Liveness;
import adw.os.process.ProcessIdentity;
import adw.planning.GlobalHolds;
import adw.planning.Planner;
import adw.run.RunStore;
import adw.run.StateFolder;
import adw.task.Mark;
import adw.task.TaskDocument;
import adw.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A repository at one moment: its task file, its records, its daemons. Reading it takes no lock
/// and writes nothing.
public record RepositoryStatus(
    Project project,
    RunStore runs,
    TaskDocument document,
    List<TaskStatus> standings,
    List<ProcessIdentity> daemons,
    Optional<Hold> hold,
    double spentToday) {

  public static RepositoryStatus read(Project project, Caller caller) throws IOException {
    var runs = project.runs();
    var workflows = project.workflows(caller);
    var document = project.needDocument(project.vocabulary(workflows));
    var decisions =
        new Planner(view(project, caller, runs, workflows))
            .preview(document, now(document, caller));
    var daemons = daemons(project.state().daemons());
    return new RepositoryStatus(
        project,
        runs,
        document,
        new TaskStatuses(runs, caller).of(decisions),
        daemons,
        findHold(project, runs.state(), document, !daemons.isEmpty()),
        spentToday(project, caller));
  }

  private static Planner.View view(
      Project project, Caller caller, RunStore runs, Workflows workflows) throws IOException {
    var git = RepositoryPaths.find(project.root()).orElseThrow();
    return new Planner.View(
        project.root(),
        git,
        git.branch(),
        project.settings().loop().worktrees(),
        runs,
        workflows,
        new RunCommits(project.root(), caller.environment())::find);
  }

  /// Files of STATE that cannot be used, each with its cure.
  public List<String> damages() {
    return runs.state().damages().sentences();
  }

  /// Why nothing starts, whatever the lines say.
  ///
  /// @param isNow false: it was so when the last loop looked
  public record Hold(String why, String cure, boolean isNow) {}

  private static Optional<Hold> findHold(
      Project project, StateFolder state, TaskDocument document, boolean isWorkedOn)
      throws IOException {
    var minFree = project.settings().loop().worktrees().minFree();
    var now = GlobalHolds.find(state, project.taskFile(), document, minFree);
    if (now.isPresent()) {
      return now.map(held -> new Hold(held.why(), held.cure(), true));
    }
    return GlobalHolds.noted(state)
        .filter(noted -> noted.lasts() || isWorkedOn)
        .map(noted -> new Hold(noted.hold().why(), noted.hold().cure(), isWorkedOn));
  }

  /// The same, but what is ready is held with all the rest.
  public RepositoryStatus held() {
    return hold.map(this::with).orElse(this);
  }

  private RepositoryStatus with(Hold why) {
    var all = standings.stream().map(standing -> standing.heldBy(why)).toList();
    return new RepositoryStatus(project, runs, document, all, daemons, hold, spentToday);
  }

  /// The zone matters only where a task names a time.
  private static ZonedDateTime now(TaskDocument document, Caller caller) {
    var isTimed =
        document.tasks().stream()
            .anyMatch(task ->
                task.mark() instanceof Mark.NotBefore || task.mark() instanceof Mark.Template);
    return caller.clock().instant().atZone(isTimed ? caller.zone() : ZoneOffset.UTC);
  }

  public List<TaskStatus> with(TaskStatus.State state) {
    return standings.stream().filter(standing -> standing.state() == state).toList();
  }

  /// The living ones; those of another host or container count, since nobody can say they are dead.
  public static List<ProcessIdentity> daemons(Path folder) throws IOException {
    var daemons = new ArrayList<ProcessIdentity>();
    try (var files = Files.newDirectoryStream(folder, "*.who")) {
      for (var file : files) {
        ProcessIdentity.parse(TextFile.readAny(file))
            .filter(identity -> identity.judge() != Liveness.DEAD)
            .ifPresent(daemons::add);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return daemons;
  }

  private static double spentToday(Project project, Caller caller) throws IOException {
    if (!Files.exists(project.state().ledger())) {
      return 0;
    }
    var today = LocalDate.ofInstant(caller.clock().instant(), caller.zone());
    return project.state().openLedger().day(today, caller.zone()).usd();
  }
}
