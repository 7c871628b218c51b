package adw.cli;

import adw.daemon.Holds;
import adw.daemon.Outlook;
import adw.git.Location;
import adw.os.Identity;
import adw.os.Life;
import adw.os.TextFile;
import adw.run.Ledger;
import adw.run.Runs;
import adw.run.State;
import adw.task.Document;
import adw.task.Mark;
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
record Overview(
    Project project,
    Runs runs,
    Document document,
    List<Standing> standings,
    List<Identity> daemons,
    Optional<Hold> hold,
    double spentToday) {

  static Overview read(Project project, Caller caller) throws IOException {
    var runs = project.runs();
    var workflows = project.workflows(caller);
    var document = project.needDocument(project.vocabulary(workflows));
    var decisions =
        new Outlook(view(project, caller, runs, workflows))
            .preview(document, now(document, caller));
    var daemons = daemons(project.state().daemons());
    return new Overview(
        project,
        runs,
        document,
        new Standings(runs, caller).of(decisions),
        daemons,
        findHold(project, runs.state(), document, !daemons.isEmpty()),
        spentToday(project, caller));
  }

  private static Outlook.View view(Project project, Caller caller, Runs runs, Workflows workflows)
      throws IOException {
    var git = Location.find(project.root()).orElseThrow();
    return new Outlook.View(
        project.root(),
        git,
        git.branch(),
        project.settings().loop().worktrees(),
        runs,
        workflows,
        new Footprints(project.root(), caller.environment())::find);
  }

  /// Files of STATE that cannot be used, each with its cure.
  List<String> damages() {
    return runs.state().damages().sentences();
  }

  /// Why nothing starts, whatever the lines say.
  ///
  /// @param isNow false: it was so when the last loop looked
  record Hold(String why, String cure, boolean isNow) {}

  private static Optional<Hold> findHold(
      Project project, State state, Document document, boolean isWorkedOn) throws IOException {
    var minFree = project.settings().loop().worktrees().minFree();
    var now = Holds.find(state, project.taskFile(), document, minFree);
    if (now.isPresent()) {
      return now.map(held -> new Hold(held.why(), held.cure(), true));
    }
    return Holds.noted(state)
        .filter(noted -> noted.lasts() || isWorkedOn)
        .map(noted -> new Hold(noted.hold().why(), noted.hold().cure(), isWorkedOn));
  }

  /// The same, but what is ready is held with all the rest.
  Overview held() {
    return hold.map(this::with).orElse(this);
  }

  private Overview with(Hold why) {
    var all = standings.stream().map(standing -> standing.heldBy(why)).toList();
    return new Overview(project, runs, document, all, daemons, hold, spentToday);
  }

  /// The zone matters only where a task names a time.
  private static ZonedDateTime now(Document document, Caller caller) {
    var isTimed =
        document.tasks().stream()
            .anyMatch(task ->
                task.mark() instanceof Mark.NotBefore || task.mark() instanceof Mark.Template);
    return caller.clock().instant().atZone(isTimed ? caller.zone() : ZoneOffset.UTC);
  }

  List<Standing> with(Standing.State state) {
    return standings.stream().filter(standing -> standing.state() == state).toList();
  }

  /// The living ones; those of another host or container count, since nobody can say they are dead.
  static List<Identity> daemons(Path folder) throws IOException {
    var daemons = new ArrayList<Identity>();
    try (var files = Files.newDirectoryStream(folder, "*.who")) {
      for (var file : files) {
        Identity.parse(TextFile.readAny(file))
            .filter(identity -> identity.judge() != Life.DEAD)
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
    return new Ledger(project.state()).day(today, caller.zone()).usd();
  }
}
