package adw.cli;

import adw.os.Identity;
import adw.os.Life;
import adw.run.Ledger;
import adw.task.Document;
import adw.task.Mark;
import adw.task.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    Document document,
    List<Standing> standings,
    List<Identity> daemons,
    Optional<String> paused,
    double spentToday) {

  static Overview read(Project project, Caller caller) throws IOException {
    var workflows = project.workflows(caller);
    var document = project.needDocument(project.vocabulary(workflows));
    var runs = project.runs();
    var decisions =
        Readiness.of(
            document, new RecordedFacts(runs, new Obstacles(workflows)), now(document, caller));
    return new Overview(
        project,
        document,
        new Standings(runs, caller).of(decisions),
        daemons(project.state().daemons()),
        paused(project, document),
        spentToday(project, caller));
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
        Identity.parse(Files.readString(file, StandardCharsets.UTF_8))
            .filter(identity -> identity.judge() != Life.DEAD)
            .ifPresent(daemons::add);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return daemons;
  }

  private static Optional<String> paused(Project project, Document document) throws IOException {
    if (document.isPaused()) {
      return Optional.of("the task file says <!-- adw: pause -->");
    }
    try {
      var why = Files.readString(project.state().paused(), StandardCharsets.UTF_8).strip();
      return Optional.of(why.isEmpty() ? "by adw pause" : why);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static double spentToday(Project project, Caller caller) throws IOException {
    if (!Files.exists(project.state().ledger())) {
      return 0;
    }
    var today = LocalDate.ofInstant(caller.clock().instant(), caller.zone());
    return new Ledger(project.state()).day(today, caller.zone()).usd();
  }
}
