package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.git.ReadyWorktree;
import adw.os.process.OrphanProcesses;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunPlace;
import adw.run.TaskSnapshot;
import java.io.IOException;
import java.util.Optional;

/// Makes all that a run to come will find: id, worktree, port, the copies of `.worktreeinclude`,
/// and what set-up makes. One at a time.
final class ReadyMaker {
  private final DaemonContext context;
  private final ShellLines lines;
  private final PortLeases ports;
  private final ReadyRemoval removal;
  private boolean leftProcess;
  private boolean isPossible = true;
  private Optional<String> failedAt = Optional.empty();

  /// @param stopping ends set-up when this daemon goes
  ReadyMaker(DaemonContext context, CancelRequests stopping) {
    this.context = context;
    this.lines = new ShellLines(context, stopping, ShellLines.Kind.AHEAD);
    this.ports = new PortLeases(context.state(), context.runs());
    this.removal = new ReadyRemoval(context);
  }

  /// Empty if none can be made at this commit.
  Optional<ReadyRun> make(String commit) throws IOException, InterruptedException {
    var id = context.runs().newId(context.world().random());
    var record = ReadyRecord.making(id, RunBase.folder(context).resolve(id), commit);
    record.write(context.state());
    context.listener().reached(DaemonListener.Step.READY_RECORDED);
    Optional<ReadyWorktree> worktree = Optional.empty();
    Optional<ReadyRun> made = Optional.empty();
    try {
      worktree = context.repository().makeReady(record.worktree(), commit);
      isPossible = worktree.isPresent();
      if (isPossible) {
        made = furnished(record, worktree.orElseThrow());
      }
      return made;
    } finally {
      if (made.isEmpty()) {
        removal.remove(record, worktree);
      }
    }
  }

  private Optional<ReadyRun> furnished(ReadyRecord record, ReadyWorktree worktree)
      throws IOException, InterruptedException {
    context.listener().reached(DaemonListener.Step.READY_MADE);
    var port = ports.lease(record.id());
    var copies = worktree.copyIgnored(context.checkout());
    var isSetUp = isSetUpAhead(record.commit());
    if (isSetUp && !trySetUp(record, port)) {
      return Optional.empty();
    }
    context.listener().reached(DaemonListener.Step.READY_SET_UP);
    var setUpAt = isSetUp ? Optional.of(record.commit()) : Optional.<String>empty();
    return sealed(new ReadyRun(record.id(), port, worktree, copies, setUpAt));
  }

  /// What is in it now is its run's; empty, and nothing is changed, where that cannot be told.
  Optional<ReadyRun> sealed(ReadyRun ready) throws IOException, InterruptedException {
    var worktree = ready.worktree();
    if (!worktree.trySeal()) {
      return Optional.empty();
    }
    record(ready).ready(worktree.commit(), worktree.tree()).write(context.state());
    context.listener().reached(DaemonListener.Step.READY_SEALED);
    return Optional.of(ready);
  }

  static ReadyRecord record(ReadyRun ready) {
    var worktree = ready.worktree();
    return ReadyRecord.making(ready.id(), worktree.folder(), worktree.commit());
  }

  /// Whether set-up runs now and not in the run. Where it has failed, or left a process running,
  /// the run does it, and tells.
  private boolean isSetUpAhead(String commit) throws IOException {
    var settings = context.settings().worktrees();
    return !settings.setUp().isEmpty()
        && !leftProcess
        && !failedAt.equals(Optional.of(commit))
        && SetUpAhead.findObstacle(settings, context.checkout(), findHindrance()).isEmpty();
  }

  private Optional<SetUpAhead.Hindrance> findHindrance() throws IOException {
    if (context.repository().isEnclosed()) {
      return Optional.of(SetUpAhead.Hindrance.SANDBOX);
    }
    return context.repository().hasCheckoutHook()
        ? Optional.of(SetUpAhead.Hindrance.CHECKOUT_HOOK)
        : Optional.empty();
  }

  private boolean trySetUp(ReadyRecord record, int port) throws IOException, InterruptedException {
    var run = planned(context, record, port);
    var failure = Optional.<Outcome>empty();
    try {
      failure = lines.run(run, context.settings().worktrees().setUp(), SetUpLines.LIMIT);
    } finally {
      leftProcess |= processesOf(record.id()).sweep(OrphanProcesses.Patience.USUAL);
    }
    if (failure.isPresent()) {
      failedAt = Optional.of(record.commit());
    }
    return failure.isEmpty() && !leftProcess;
  }

  /// Whether worktrees are made by ourselves here, as it turned out.
  boolean isPossible() {
    return isPossible;
  }

  /// Set-up has left a process running, once: what a run needs of it, it has to start itself.
  boolean hasLeftProcess() {
    return leftProcess;
  }

  /// All that set-up has started, wherever it works by now.
  static OrphanProcesses processesOf(String id) {
    return OrphanProcesses.ofMark(OrphanProcesses.MARK, id);
  }

  /// The run without its task, as far as set-up has to know it.
  static Run planned(DaemonContext context, ReadyRecord record, int port) {
    var place = new RunPlace("", record.worktree(), "", record.commit(), Optional.empty(), port);
    var order = TaskSnapshot.own("made ahead", "");
    return Run.claimed(record.id(), new Run.Lineage(record.id(), 1), order, "", context.now())
        .in(place);
  }
}
