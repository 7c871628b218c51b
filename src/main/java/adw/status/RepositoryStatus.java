package adw.status;

import adw.os.TextFile;
import adw.os.process.Liveness;
import adw.os.process.ProcessIdentity;
import adw.planning.GlobalHolds;
import adw.planning.Planner;
import adw.task.Mark;
import adw.task.TaskDocument;
import adw.text.LocalClock;
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
    StatusSources sources,
    TaskDocument document,
    List<TaskStatus> standings,
    List<ProcessIdentity> daemons,
    Optional<Hold> hold,
    double spentToday) {

  public static RepositoryStatus read(StatusSources sources) throws IOException {
    var document = sources.document().read();
    var decisions = new Planner(sources.view()).preview(document, now(document, sources.clock()));
    var daemons = daemons(sources.runs().state().daemons());
    return new RepositoryStatus(
        sources,
        document,
        new TaskStatuses(sources.runs(), sources.clock()).of(decisions),
        daemons,
        findHold(sources, document, !daemons.isEmpty()),
        spentToday(sources));
  }

  /// Files of STATE that cannot be used, each with its cure.
  public List<String> damages() {
    return sources.runs().state().damages().sentences();
  }

  /// Why nothing starts, whatever the lines say.
  ///
  /// @param isNow false: it was so when the last loop looked
  public record Hold(String why, String cure, boolean isNow) {}

  private static Optional<Hold> findHold(
      StatusSources sources, TaskDocument document, boolean isWorkedOn) throws IOException {
    var state = sources.runs().state();
    var now = GlobalHolds.find(state, sources.taskFile(), document, sources.minFree());
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
    return new RepositoryStatus(sources, document, all, daemons, hold, spentToday);
  }

  /// The zone matters only where a task names a time.
  private static ZonedDateTime now(TaskDocument document, LocalClock clock) {
    var isTimed =
        document.tasks().stream()
            .anyMatch(task ->
                task.mark() instanceof Mark.NotBefore || task.mark() instanceof Mark.Template);
    return clock.clock().instant().atZone(isTimed ? clock.zone() : ZoneOffset.UTC);
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

  private static double spentToday(StatusSources sources) throws IOException {
    var state = sources.runs().state();
    if (!Files.exists(state.ledger())) {
      return 0;
    }
    var zone = sources.clock().zone();
    var today = LocalDate.ofInstant(sources.clock().clock().instant(), zone);
    return state.openLedger().day(today, zone).usd();
  }
}
