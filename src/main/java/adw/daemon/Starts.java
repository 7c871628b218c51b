package adw.daemon;

import adw.os.Disk;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Document;
import adw.task.Reading;
import adw.task.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/// Fills the free slots: runs that go on come before new claims.
final class Starts {
  private final Site site;
  private final Runner runner;
  private final Waits waits;
  private final Ends ends;
  private final Claims claims;
  private final BaseCheck baseCheck;
  private final NextAttempt again;
  private final Reviews reviews;
  private String lastHold = "";

  Starts(Site site, Runner runner, Waits waits, Ends ends, BaseCheck baseCheck, String daemon) {
    this.site = site;
    this.baseCheck = baseCheck;
    this.again = new NextAttempt(site, runner, daemon);
    this.reviews = new Reviews(site);
    this.runner = runner;
    this.waits = waits;
    this.ends = ends;
    this.claims = new Claims(site, new Outlook(site), daemon);
  }

  /// @param isDecided what can start has; false while the base is being verified
  /// @param isIdle nothing is ready or being typed, or would go on by itself
  /// @param next when to look again at the latest
  record Started(boolean isDecided, boolean isIdle, Duration next) {
    static final Started NOTHING = new Started(true, true, Duration.ofSeconds(1));
  }

  Started start(Session session, Document document, Reading.Current reading)
      throws IOException, InterruptedException {
    var hold = findHold(document);
    tell(hold);
    if (hold.isPresent()) {
      var isDecided = !baseCheck.isRunning();
      return new Started(isDecided, isDecided, next(reading));
    }
    var current = goOn(session, document);
    var plan = claims.plan(current, reading, freeSlots());
    if (!plan.edits().isEmpty()) {
      claims.write(session, plan);
      plan.runs().forEach(this::begin);
    }
    var isIdle = plan.isEmpty() && reading.withheld().isEmpty() && waits.isIdle();
    return new Started(true, isIdle, next(reading));
  }

  /// Why nothing may start.
  private Optional<String> findHold(Document document) throws IOException, InterruptedException {
    if (document.hasConflictMarkers()) {
      return Optional.of("conflict markers in the task file: nothing starts until they are gone");
    }
    if (document.isPaused()) {
      return Optional.of("paused by a comment in the task file: nothing starts until it is gone");
    }
    if (Files.exists(site.state().paused())) {
      return Optional.of("paused" + why() + ": adw resume");
    }
    var disk = findFullDisk();
    var unreviewed = disk.isPresent() ? disk : findUnreviewed();
    return unreviewed.isPresent() ? unreviewed : findRedBase();
  }

  private Optional<String> findFullDisk() throws IOException {
    var free = Disk.freeBytes(site.state().root());
    return free < site.settings().worktrees().minFree()
        ? Optional.of(
            "only " + (free >> 20) + " MiB of disk free: nothing starts below min_free (make room)")
        : Optional.empty();
  }

  private Optional<String> findUnreviewed() throws IOException {
    var most = site.settings().trigger().maxUnreviewed();
    return most > 0 && reviews.count() >= most
        ? Optional.of(
            most + " branches await review: nothing starts until one is merged or discarded")
        : Optional.empty();
  }

  private Optional<String> findRedBase() throws IOException, InterruptedException {
    return baseCheck.findObstacle().map(held -> held.why() + " (" + held.cure() + ")");
  }

  /// Once for each reason, not at every look.
  private void tell(Optional<String> hold) {
    if (hold.isPresent() && !hold.get().equals(lastHold)) {
      site.listener().noticed(hold.get());
    }
    lastHold = hold.orElse("");
  }

  private String why() throws IOException {
    var text = Files.readString(site.state().paused()).strip();
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  private int freeSlots() throws IOException {
    return site.settings().trigger().maxConcurrent() - site.runs().liveIds().size();
  }

  private void begin(Run run) {
    if (run.stage() instanceof Stage.Claimed) {
      runner.start(run);
    } else {
      waits.adopt(run);
    }
  }

  /// Runs whose time has come.
  private Document goOn(Session session, Document document)
      throws IOException, InterruptedException {
    var current = document;
    for (var run : waits.takeDue(freeSlots())) {
      if (isWorktreeTaken(run)) {
        waits.adopt(run);
        continue;
      }
      switch (Waits.waitOf(run).why()) {
        case APPROVAL -> ends.add(site.runs().write(run.at(new Stage.Reporting(Waits.tooLate()))));
        case RETRY -> current = again.start(session, current, run);
        case QUESTION, LOGIN, BUDGET, RATE_LIMIT, ANSWERED -> resume(run);
      }
    }
    return current;
  }

  /// The worktree of a scope is one run's at a time.
  private boolean isWorktreeTaken(Run run) throws IOException {
    for (var id : site.runs().liveIds()) {
      var other = site.runs().find(id);
      if (run.order().scope().isPresent()
          && !id.equals(run.id())
          && other.filter(one -> one.order().scope().equals(run.order().scope())).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /// One that never got a worktree begins at the beginning.
  private void resume(Run run) throws IOException {
    var round = ((Stage.Waiting) run.stage()).round();
    var stage = run.place().isPresent() ? new Stage.Running(round + 1) : new Stage.Claimed();
    site.runs().takeSlot(run.id());
    site.happened(run, "resumed");
    runner.start(site.runs().write(fromTip(run).at(stage)));
  }

  /// Others may have worked on a scope's branch since this run ended: what they did stays.
  private Run fromTip(Run run) throws IOException {
    var scope = run.order().scope().filter(_ -> run.unknown().isTrue("reopened"));
    var tip =
        scope.isPresent() ? site.repository().findBranch(scope.get()) : Optional.<String>empty();
    return tip.isPresent() && run.place().isPresent()
        ? run.in(run.place().get().startingAt(tip.get())).with(run.unknown().without("reopened"))
        : run;
  }

  private Duration next(Reading.Current reading) {
    var next = site.settings().trigger().poll();
    var waiting = waits.next().orElse(next);
    var settling = reading.lookAgain().map(at -> Duration.between(site.now(), at)).orElse(next);
    var soonest = waiting.compareTo(settling) < 0 ? waiting : settling;
    return soonest.compareTo(next) < 0 ? atLeastNothing(soonest) : next;
  }

  private static Duration atLeastNothing(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}
