package adw.daemon;

import adw.daemon.attempt.PortLeases;
import adw.daemon.context.DaemonContext;
import adw.planning.GlobalHolds;
import adw.planning.Planner;
import adw.run.Run;
import adw.run.Stage;
import adw.task.TaskDocument;
import adw.task.file.FileReading;
import adw.task.readiness.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Fills the free slots: runs that go on come before new claims.
final class SlotFiller {
  private final DaemonContext context;
  private final Runner runner;
  private final WaitingRuns waits;
  private final EndedRuns ends;
  private final Claims claims;
  private final ApprovalRequests approvals;
  private final BaseVerification baseCheck;
  private final RetryStart again;
  private final UnreviewedBranches reviews;
  private final PortLeases ports;
  private Optional<Decision.Held> lastHold = Optional.empty();

  SlotFiller(
      DaemonContext context,
      Runner runner,
      WaitingRuns waits,
      EndedRuns ends,
      BaseVerification baseCheck,
      DaemonShare own) {
    var daemon = own.name();
    this.context = context;
    this.baseCheck = baseCheck;
    this.again = new RetryStart(context, runner, own.ahead(), daemon);
    this.reviews = new UnreviewedBranches(context);
    this.ports = new PortLeases(context.state(), context.runs());
    this.runner = runner;
    this.waits = waits;
    this.ends = ends;
    this.approvals =
        new ApprovalRequests(
            context, waits, ends, new AnsweredRuns(context, runner, waits, ends, daemon));
    this.claims =
        new Claims(
            context, new Planner(context.view(), baseCheck::findUnknown), own.ahead(), daemon);
  }

  /// @param isDecided what can start has; false while the base is being verified
  /// @param isIdle nothing is ready or being typed, or would go on by itself
  /// @param next when to look again at the latest
  record Started(boolean isDecided, boolean isIdle, Duration next) {
    static final Started NOTHING = new Started(true, true, Duration.ofSeconds(1));
  }

  Started start(FileUpdate writing, FileReading.Current reading)
      throws IOException, InterruptedException {
    var hold = findHold(writing.document());
    tell(hold);
    if (hold.isPresent()) {
      writing.write();
      var isDecided = !baseCheck.isRunning();
      return new Started(isDecided, isDecided, next(reading));
    }
    if (writing.isPending() && tryFillSlots(writing, reading)) {
      return new Started(true, false, next(reading));
    }
    var hidden = again.hidden(writing.document(), waits.all());
    goOn(writing, hidden);
    var plan = claims.plan(writing.document(), reading, freeSlots());
    claim(writing, plan);
    // A copy of a template is a task like others, from the next look on.
    var next = FileUpdate.areMarks(plan.edits()) ? next(reading) : Duration.ZERO;
    var isIdle = plan.isEmpty() && reading.withheld().isEmpty() && waits.isIdle(hidden);
    var isFetching = baseCheck.isRunning(); // what starts from there is decided after that
    return new Started(!isFetching, isIdle && !isFetching, next);
  }

  /// Gives the slots of runs that have just ended to tasks that are ready, in one write with their
  /// ends; whether no slot is left. What builds on those ends is ready once they are written.
  private boolean tryFillSlots(FileUpdate writing, FileReading.Current reading)
      throws IOException, InterruptedException {
    var plan = claims.plan(writing.document(), reading, freeSlots());
    if (plan.edits().isEmpty() || !FileUpdate.areMarks(plan.edits())) {
      writing.write();
      return false;
    }
    claim(writing, plan);
    return freeSlots() <= 0;
  }

  private void claim(FileUpdate writing, Claims.Plan plan)
      throws IOException, InterruptedException {
    if (!plan.edits().isEmpty()) {
      claims.write(writing, plan);
      for (var run : plan.runs()) {
        begin(run);
      }
    }
  }

  /// Why nothing may start.
  private Optional<Decision.Held> findHold(TaskDocument document)
      throws IOException, InterruptedException {
    var known =
        GlobalHolds.find(
            context.state(), context.tasks(), document, context.settings().worktrees().minFree());
    if (known.isPresent()) {
      return known;
    }
    var unreviewed = reviews.findHold();
    var hold = unreviewed.isPresent() ? unreviewed : baseCheck.findObstacle();
    var lasts = !baseCheck.isRunning();
    GlobalHolds.note(context.state(), hold.map(held -> new GlobalHolds.Noted(held, lasts)));
    return hold;
  }

  /// Once for each reason, not at every look.
  private void tell(Optional<Decision.Held> hold) {
    if (hold.isPresent() && !hold.equals(lastHold)) {
      context.listener().noticed(hold.get().why() + " (" + hold.get().cure() + ")");
    }
    lastHold = hold;
  }

  /// The slot of a run whose end is about to be written is free then.
  private int freeSlots() throws IOException {
    var taken = context.runs().liveIds().stream().filter(id -> !ends.has(id)).count();
    return context.settings().trigger().maxConcurrent() - (int) taken;
  }

  private void begin(Run run) throws IOException {
    if (run.stage() instanceof Stage.Claimed) {
      runner.start(run);
    } else {
      waits.add(run);
    }
  }

  /// Runs whose time has come.
  private void goOn(FileUpdate writing, Set<String> hidden)
      throws IOException, InterruptedException {
    for (var run : waits.takeDue(freeSlots(), hidden)) {
      if (isWorktreeTaken(run)) {
        waits.adopt(run);
        continue;
      }
      switch (WaitingRuns.waitOf(run).why()) {
        case Stage.Wait.Why.APPROVAL -> approvals.expire(run);
        case Stage.Wait.Why.RETRY -> again.start(writing, run);
        case Stage.Wait.Why.QUESTION,
            Stage.Wait.Why.LOGIN,
            Stage.Wait.Why.BUDGET,
            Stage.Wait.Why.RATE_LIMIT,
            Stage.Wait.Why.ANSWERED ->
            resume(run);
        case Stage.Wait.NewerCause _ -> resume(run);
      }
    }
  }

  /// The worktree of a scope is one run's at a time.
  private boolean isWorktreeTaken(Run run) throws IOException {
    for (var id : context.runs().liveIds()) {
      var other = context.runs().find(id);
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
    context.runs().takeSlot(run.id());
    context.happened(run, "resumed");
    runner.start(context.runs().write(withPort(fromTip(run)).at(stage)));
  }

  private Run withPort(Run run) throws IOException {
    if (run.place().isEmpty()) {
      return run;
    }
    var place = run.place().get();
    return run.in(place.on(ports.renew(run.id(), place.port())));
  }

  /// Others may have worked on a scope's branch since this run ended: what they did stays.
  private Run fromTip(Run run) throws IOException {
    var scope = run.order().scope().filter(_ -> run.notes().isReopened());
    var tip =
        scope.isPresent() ? context.repository().findBranch(scope.get()) : Optional.<String>empty();
    return tip.isPresent() && run.place().isPresent()
        ? run.in(run.place().get().startingAt(tip.get())).with(run.notes().asReopened(false))
        : run;
  }

  private Duration next(FileReading.Current reading) {
    var next = context.settings().trigger().poll();
    var waiting = waits.next().orElse(next);
    var settling = reading.lookAgain().map(at -> Duration.between(context.now(), at)).orElse(next);
    var soonest = waiting.compareTo(settling) < 0 ? waiting : settling;
    return soonest.compareTo(next) < 0 ? atLeastNothing(soonest) : next;
  }

  private static Duration atLeastNothing(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}
