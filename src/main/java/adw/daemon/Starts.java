package adw.daemon;

import adw.os.Disk;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Document;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Reading;
import adw.task.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fills the free slots: runs that go on come before new claims.
final class Starts {
  private final Site site;
  private final Runner runner;
  private final Waits waits;
  private final Ends ends;
  private final Claims claims;
  private final BaseCheck baseCheck;
  private final Reviews reviews;
  private String lastHold = "";

  Starts(Site site, Runner runner, Waits waits, Ends ends, BaseCheck baseCheck, String daemon) {
    this.site = site;
    this.baseCheck = baseCheck;
    this.reviews = new Reviews(site);
    this.runner = runner;
    this.waits = waits;
    this.ends = ends;
    this.claims = new Claims(site, new Outlook(site), daemon);
  }

  /// @param isIdle nothing is ready or being typed
  /// @param next when to look again at the latest
  record Started(boolean isIdle, Duration next) {
    static final Started NOTHING = new Started(true, Duration.ofSeconds(1));
  }

  Started start(Session session, Document document, Reading.Current reading)
      throws IOException, InterruptedException {
    var hold = findHold(document);
    tell(hold);
    if (hold.isPresent()) {
      return new Started(!baseCheck.isRunning(), next(reading));
    }
    var current = goOn(session, document);
    var plan = claims.plan(current, reading, freeSlots());
    if (!plan.edits().isEmpty()) {
      claims.write(session, plan);
      plan.runs().forEach(this::begin);
    }
    return new Started(plan.isEmpty() && reading.withheld().isEmpty(), next(reading));
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
    var edits = new ArrayList<Edit>();
    var begun = new ArrayList<Run>();
    for (var run : waits.takeDue(freeSlots())) {
      switch (Waits.waitOf(run).why()) {
        case APPROVAL -> ends.add(site.runs().write(run.at(new Stage.Reporting(Waits.tooLate()))));
        case RETRY -> begun.add(retry(run, document, edits));
        case QUESTION, LOGIN, BUDGET, RATE_LIMIT, ANSWERED -> begun.add(resumed(run));
      }
    }
    for (var run : begun) {
      site.runs().takeSlot(run.id());
    }
    var written = edits.isEmpty() ? document : session.write(edits);
    begun.forEach(runner::start);
    return written;
  }

  private Run resumed(Run run) throws IOException {
    var round = ((Stage.Waiting) run.stage()).round();
    site.happened(run, "resumed");
    return site.runs().write(run.at(new Stage.Running(round + 1)));
  }

  /// The next attempt: a run of its own, on a branch of its own, on the same line.
  private Run retry(Run failed, Document document, List<Edit> edits) throws IOException {
    var id = site.runs().newId(site.world().random());
    var next = Run.claimed(id, failed.lineage().next(), failed.order(), failed.owner(), site.now());
    site.runs().write(next);
    site.runs().open(id);
    document
        .findById(failed.id())
        .ifPresent(
            task -> edits.add(new Edit.Rewrite(task, new Mark.Running(id), Optional.empty())));
    end(failed, id);
    site.happened(next, "claimed", "retry of", failed.id());
    return next;
  }

  private void end(Run failed, String next) throws IOException {
    var outcome = new Outcome.Failed(Outcome.Why.WORKFLOW, Waits.waitOf(failed).message());
    var ended = failed.with(failed.unknown().with("next", next)).at(new Stage.Ended(outcome, true));
    site.runs().write(ended.endedAt(site.now()));
    site.runs().close(failed.id());
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
