package adw.daemon;

import adw.daemon.attempt.PreparationCount;
import adw.daemon.attempt.RunBase;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonLock;
import adw.daemon.context.FaultBoundary;
import adw.run.EventLog;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import adw.task.Progress;
import adw.task.TaskDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds the runs that a dead daemon left, and makes them this one's. Called under the task-file
/// lock, so each is taken by one daemon.
final class Recovery {
  private static final Outcome WITHDRAWN = new Outcome.Cancelled("the claim was never written");

  private final DaemonContext context;
  private final BaseVerification baseCheck;
  private final DoneMoves moves;
  private final FaultBoundary faults;
  private final String daemon;

  Recovery(
      DaemonContext context,
      BaseVerification baseCheck,
      DoneMoves moves,
      FaultBoundary faults,
      String daemon) {
    this.context = context;
    this.faults = faults;
    this.moves = moves;
    this.baseCheck = baseCheck;
    this.daemon = daemon;
  }

  /// The open runs whose daemon no longer lives, now owned by this one.
  ///
  /// @param isInFile whether the task file has, or had, a line of the run
  /// @param isHeld whether this daemon has the run in hand
  List<Run> adopt(Predicate<String> isInFile, Predicate<String> isHeld) throws IOException {
    var adopted = new ArrayList<Run>();
    var live = new HashSet<String>();
    for (var id : context.runs().openIds()) {
      if (!isHeld.test(id)) {
        faults
            .contain(id, () -> adopt(id, isInFile, live))
            .flatMap(run -> run)
            .ifPresent(adopted::add);
      }
    }
    return adopted;
  }

  private Optional<Run> adopt(String id, Predicate<String> isInFile, Set<String> live)
      throws IOException {
    return switch (context.runs().look(id)) {
      case RunStore.Found.Kept(var run) ->
          isOwned(run, live) ? Optional.empty() : take(run, isInFile);
      case RunStore.Found.Foreign _ -> Optional.empty();
      case RunStore.Found.Absent _, RunStore.Found.Damaged _ -> {
        forget(id);
        yield Optional.empty();
      }
    };
  }

  /// Runs of which the file says that they have not ended, as their records do, and that nobody
  /// looks after: `open` has lost them.
  void reopen(TaskDocument document) throws IOException {
    for (var task : document.tasks()) {
      var id = task.mark().id().filter(_ -> task.mark().progress() == Progress.RUNNING);
      if (id.isPresent() && isLost(id.get())) {
        context.runs().open(id.get());
      }
    }
  }

  private boolean isLost(String id) throws IOException {
    return !Files.exists(context.state().open().resolve(id))
        && context.runs().find(id).filter(run -> !run.hasEnded()).isPresent();
  }

  private boolean isOwned(Run run, Set<String> live) throws IOException {
    if (run.owner().equals(daemon)) {
      return false; // its claim, or its outcome, could not be written the last time
    }
    if (live.contains(run.owner())) {
      return true;
    }
    if (DaemonLock.isLive(context.state(), run.owner())) {
      live.add(run.owner());
      return true;
    }
    return false;
  }

  private Optional<Run> take(Run run, Predicate<String> isInFile) throws IOException {
    if (run.stage() instanceof Stage.Ended) {
      moves.add(run);
      forget(run.id()); // died between its end mark and its clean-up
      return Optional.empty();
    }
    if (BaseVerificationRun.isOne(run)) {
      baseCheck.clear(run);
      return Optional.empty();
    }
    if (!isInFile.test(run.id()) && isUnclaimed(run)) {
      withdraw(run); // died before the claim was written: it was never in the file
      return Optional.empty();
    }
    if (!run.owner().equals(daemon)) {
      context.happened(run, "adopted", "from", run.owner());
    }
    return Optional.of(context.runs().write(followed(begun(run)).ownedBy(daemon)));
  }

  /// Where the repository was moved, its worktree was mostly moved along.
  private Run followed(Run run) throws IOException {
    var place = run.place();
    if (place.isPresent() && Files.exists(place.get().worktree())) {
      return run;
    }
    var folder = RunBase.folder(context, run);
    return context.repository().tryFollow(folder) && place.isPresent()
        ? run.in(place.get().at(folder))
        : run;
  }

  /// A daemon that lives has broken off for want of something.
  private Run begun(Run run) {
    if (run.owner().equals(daemon)) {
      return PreparationCount.excused(run);
    }
    return run.stage() instanceof Stage.Claimed ? PreparationCount.begun(run) : run;
  }

  /// The first step of a run is noted once its line says so; that line may be away by now.
  private boolean isUnclaimed(Run run) throws IOException {
    return (run.stage() instanceof Stage.Claimed || run.stage().asksForApproval())
        && new EventLog(context.state()).read(run.id()).isEmpty();
  }

  private void withdraw(Run run) throws IOException {
    var ended = new Stage.Ended(WITHDRAWN, true); // no line waits for it
    context.runs().write(run.at(ended).endedAt(context.now()));
    forget(run.id());
  }

  /// Whether nothing ever came of it.
  static boolean isWithdrawn(Run run) {
    return run.outcome().equals(Optional.of(WITHDRAWN));
  }

  private void forget(String id) throws IOException {
    context.runs().freeSlot(id);
    context.runs().close(id);
  }
}
