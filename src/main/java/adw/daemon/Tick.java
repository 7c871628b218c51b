package adw.daemon;

import adw.daemon.attempt.CurrentTasks;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.daemon.context.FaultBoundary;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.TaskDocument;
import adw.task.file.FileReading;
import adw.task.file.LockedTaskFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One look at the requests and the task file, under its lock: what has ended is written back, what
/// was ordered is done, what is ready is claimed. Only this writes the task file.
final class Tick {
  private static final Duration SAID_AFTER = Duration.ofSeconds(3);

  private final DaemonContext context;
  private final Runner runner;
  private final CurrentTasks wordings;
  private final BaseVerification baseCheck;
  private final Recovery recovery;
  private final RetryPolicy retries;
  private final DoneMoves moves;
  private final EndedRuns ends;
  private final WorktreeCleanup tidying;
  private final LateEndedRuns lateEnds;
  private final WaitingRuns waits;
  private final PersonRequests orders;
  private final SlotFiller starts;
  private final FaultBoundary faults;
  private Optional<String> obstacle = Optional.empty();
  private Instant since = Instant.EPOCH;
  private String told = "";

  Tick(
      DaemonContext context,
      Runner runner,
      CurrentTasks wordings,
      BaseVerification baseCheck,
      DaemonShare own) {
    var daemon = own.name();
    this.wordings = wordings;
    this.baseCheck = baseCheck;
    this.context = context;
    this.runner = runner;
    this.moves = new DoneMoves(context);
    this.faults = new FaultBoundary(context.listener());
    this.recovery = new Recovery(context, baseCheck, moves, faults, daemon);
    this.retries = new RetryPolicy(context);
    this.tidying = new WorktreeCleanup(context, own.stopping());
    this.ends = new EndedRuns(context, moves, tidying);
    this.lateEnds = new LateEndedRuns(context, faults);
    this.waits = new WaitingRuns(context);
    this.orders = new PersonRequests(context, runner, waits, ends, daemon);
    this.starts = new SlotFiller(context, runner, waits, ends, baseCheck, own);
  }

  /// Worktrees that are to go: those of earlier loops, and those of this one before it leaves.
  WorktreeCleanup tidying() {
    return tidying;
  }

  /// What a look found.
  ///
  /// @param isWhole the file could be read, what had ended is written, and what can start has
  /// @param isIdle nothing is ready, or would become so by itself
  /// @param next when to look again at the latest
  record Looked(boolean isWhole, boolean isIdle, Duration next) {
    static Looked failed(Duration next) {
      return new Looked(false, false, next);
    }

    /// The same, and the next look no later than in that time.
    Looked within(Duration time) {
      return new Looked(isWhole, isIdle, next.compareTo(time) < 0 ? next : time);
    }
  }

  Looked look(boolean mayStart) throws IOException, InterruptedException {
    collect();
    return context.file().locked(session -> look(session, mayStart));
  }

  /// Why the task file could not be worked with at the last look.
  Optional<String> obstacle() {
    return obstacle;
  }

  /// The loop ends because of it: said, unless it was already.
  void tellObstacle() {
    obstacle.filter(why -> !why.equals(told)).ifPresent(context.listener()::noticed);
  }

  /// Takes over what the runs of this process came back with.
  private void collect() throws IOException {
    for (var run : runner.takeReturned()) {
      place(retries.consider(run));
    }
  }

  private void place(Run run) throws IOException {
    switch (run.stage()) {
      case Stage.Waiting _ -> waits.add(run);
      case Stage.Reporting _ -> ends.add(run);
      case Stage.Ended _ -> {}
      case Stage.Claimed _,
          Stage.Preparing _,
          Stage.Running _,
          Stage.Committing _,
          Stage.Verifying _ -> {
        context.runs().takeSlot(run.id());
        // Before it starts: it may have ended by itself since then, and would pass for done.
        orders.findEnding(run.id()).ifPresent(outcome -> runner.cancel(run.id(), outcome));
        runner.start(run);
      }
    }
  }

  private Looked look(LockedTaskFile session, boolean mayStart)
      throws IOException, InterruptedException {
    return switch (session.read()) {
      case FileReading.NotYet(var why) -> {
        cancelWithoutFile();
        yield notYet(why);
      }
      case FileReading.Refused(var why) -> {
        cancelWithoutFile();
        yield refused(why);
      }
      case FileReading.Current current -> work(session, current, mayStart);
    };
  }

  /// Mostly over in a moment; what lasts is said.
  private Looked notYet(String why) {
    if (!obstacle.equals(Optional.of(why))) {
      obstacle = Optional.of(why);
      since = context.now();
    } else if (!context.now().isBefore(since.plus(SAID_AFTER))) {
      tell(why);
    }
    return Looked.failed(Duration.ofMillis(100));
  }

  private Looked refused(String why) {
    tell(why);
    obstacle = Optional.of(why);
    return Looked.failed(context.settings().trigger().poll());
  }

  private void tell(String why) {
    if (!why.equals(told)) {
      context.listener().noticed(why); // once, not at every look
      told = why;
    }
  }

  private Looked work(LockedTaskFile session, FileReading.Current current, boolean mayStart)
      throws IOException, InterruptedException {
    obstacle = Optional.empty();
    told = "";
    current.notices().forEach(context.listener()::noticed);
    recovery.reopen(current.document());
    for (var run : recovery.adopt(id -> isInFile(id, session, current.document()), this::isHeld)) {
      placeAdopted(retries.consider(run));
    }
    var writing =
        new FileUpdate(
            session, current.document(), edits(current), ends -> reported(session, ends));
    if (!mayStart || !canWait(current) || !writing.tryWait()) {
      writing.write();
    }
    wordings.read(writing.document());
    var started = mayStart ? starts.start(writing, current) : SlotFiller.Started.NOTHING;
    context.state().damages().sentences().forEach(faults::tell);
    return new Looked(started.isDecided(), started.isIdle(), started.next());
  }

  /// A line that git has put away for now is one all the same.
  private static boolean isInFile(String run, LockedTaskFile session, TaskDocument document) {
    return document.findById(run).isPresent() || session.hasWritten(run);
  }

  /// Takes over what runs although the file cannot be read: to end it.
  void adoptWithoutFile() throws IOException, InterruptedException {
    context
        .file()
        .locked(_ -> {
          adoptToEnd(this::isHeld);
          return true;
        });
  }

  private void adoptToEnd(Predicate<String> isHeld) throws IOException {
    for (var run : recovery.adopt(_ -> true, isHeld)) {
      placeAdopted(run);
    }
  }

  /// One that waited before waits on: nobody is told of it again.
  private void placeAdopted(Run run) throws IOException {
    if (run.stage() instanceof Stage.Waiting) {
      context.runs().freeSlot(run.id());
      waits.adopt(run);
    } else {
      place(run);
    }
  }

  /// What people want ended ends, whatever the file is like; its line shows it later.
  private void cancelWithoutFile() throws IOException {
    var asked = orders.cancels();
    if (!asked.isEmpty()) {
      adoptToEnd(id -> !asked.contains(id) || isHeld(id));
      orders.carryOutCancels();
    }
  }

  private boolean isHeld(String run) {
    return runner.isCarrying(run) || waits.has(run) || ends.has(run) || baseCheck.isChecking(run);
  }

  /// Whether what can start does not hang on how these runs ended.
  private boolean canWait(FileReading.Current current) {
    return current.commands().isEmpty()
        && waits.all().isEmpty()
        && ends.areDone()
        && context.settings().trigger().maxUnreviewed() == 0;
  }

  /// What ended, waits or was ordered.
  private List<Edit> edits(FileReading.Current current) throws IOException {
    var edits = new ArrayList<Edit>(orders.carryOut(current.commands(), current.document()));
    edits.addAll(ends.edits(current.document()));
    edits.addAll(waits.edits(current.document()));
    edits.addAll(lateEnds.edits(current.document(), this::isHeld));
    return edits;
  }

  /// The file says it now.
  private TaskDocument reported(LockedTaskFile session, TaskDocument document)
      throws IOException, InterruptedException {
    context.listener().reached(DaemonListener.Step.MARKED);
    session.handled();
    orders.handled();
    ends.reported(document);
    lateEnds.reported();
    return tidy(session, document);
  }

  private TaskDocument tidy(LockedTaskFile session, TaskDocument document)
      throws IOException, InterruptedException {
    var edits = moves.take(document);
    return edits.isEmpty() ? document : session.write(edits);
  }

  /// Ends every run that would go on by itself; what waits for a person waits on. Those that are
  /// carried have been told.
  void endWaiting(Outcome outcome) throws IOException {
    for (var run : waits.all()) {
      if (!WaitingRuns.waitOf(run).why().needsPerson()) {
        endWaiting(run, outcome);
      }
    }
  }

  void endAllWaiting(Outcome outcome) throws IOException {
    for (var run : waits.all()) {
      endWaiting(run, outcome);
    }
  }

  private void endWaiting(Run run, Outcome outcome) throws IOException {
    ends.add(context.runs().write(run.at(new Stage.Reporting(outcome))));
    waits.take(run.id());
  }
}
