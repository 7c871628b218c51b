package adw.workflow;

import adw.os.MachineLack;
import adw.os.NewFolders;
import adw.os.process.OrphanProcesses;
import adw.os.process.ProcessIdentity;
import adw.os.process.ProcessTree;
import adw.os.process.SupervisedProcess;
import adw.os.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// One process of a run: the workflow, its set-up, or a line of verify. It outlives this JVM; the
/// next one adopts it.
public final class WorkflowProcess {
  /// How soon the end of a process that is not our child is noticed.
  private static final Duration ADOPTED_PACE = Duration.ofMillis(150);

  private static final Duration STARTING_PACE = Duration.ofMillis(20);

  private final Path procDir;
  private final Stopwatch stopwatch;

  /// Empty if it was adopted: then it is not our child.
  private final Optional<CompletableFuture<Void>> supervisorEnded;

  /// Completes when there is something to look at: our child ended, or it is to be cancelled.
  private final CompletableFuture<Void> news = new CompletableFuture<>();

  private volatile boolean isCancelled;

  private WorkflowProcess(
      Path procDir, Stopwatch stopwatch, Optional<CompletableFuture<Void>> supervisorEnded) {
    this.procDir = procDir;
    this.stopwatch = stopwatch;
    this.supervisorEnded = supervisorEnded;
    supervisorEnded.ifPresent(ended -> {
      var _ = ended.whenComplete((_, _) -> news.complete(null));
    });
  }

  public static WorkflowProcess launch(Path procDir, Supervisor.Job job) throws IOException {
    return launch(procDir, job, System::nanoTime);
  }

  public static WorkflowProcess launch(Path procDir, Supervisor.Job job, LongSupplier nanoTime)
      throws IOException {
    var temporary = job.environment().get("TMPDIR");
    if (temporary != null) {
      NewFolders.make(Path.of(temporary));
    }
    var stopwatch = Stopwatch.start(procDir, nanoTime);
    var started = Supervisor.start(procDir, job);
    return new WorkflowProcess(procDir, stopwatch, Optional.of(started.ended()));
  }

  /// One that another JVM started. Whether it lives is found out by `await`.
  public static WorkflowProcess adopt(Path procDir) throws IOException {
    return adopt(procDir, System::nanoTime);
  }

  public static WorkflowProcess adopt(Path procDir, LongSupplier nanoTime) throws IOException {
    var stopwatch = Stopwatch.resume(procDir, nanoTime);
    return new WorkflowProcess(procDir, stopwatch, Optional.empty());
  }

  /// Waits for its end, or ends it at a limit; in both cases with all it has left in the worktree.
  /// If this thread is interrupted the process goes on, to be adopted.
  public ProcessEnd await(ProcessLimits limits, OrphanProcesses leftovers)
      throws IOException, InterruptedException {
    Optional<Guarded> guarded = Optional.empty();
    while (true) {
      var state = SupervisedProcess.look(procDir, this::isSupervised);
      if (state instanceof SupervisedProcess.Running(var supervisor) && guarded.isEmpty()) {
        guarded = Optional.of(guard(supervisor, limits));
      }
      var ending = ending(state, guarded);
      if (ending.isPresent()) {
        clear(state, guarded, limits, leftovers);
        new ProcessLogs(procDir).shorten();
        return ending.get();
      }
      pause(guarded.map(one -> one.watchdog().pace()).orElse(STARTING_PACE));
    }
  }

  /// From any thread; `await` then ends the tree and says so, if it still runs.
  public void cancel() {
    isCancelled = true;
    news.complete(null);
  }

  private record Guarded(ProcessTree tree, LimitWatchdog watchdog) {}

  private Guarded guard(ProcessIdentity supervisor, ProcessLimits limits) throws IOException {
    var tree = ProcessTree.of(supervisor);
    return new Guarded(tree, new LimitWatchdog(procDir, limits, stopwatch, tree::cpu));
  }

  /// @throws MachineLack if there was no process left to run it
  private Optional<ProcessEnd> ending(SupervisedProcess state, Optional<Guarded> guarded)
      throws IOException {
    return switch (state) {
      case SupervisedProcess.Exited(var code) -> Optional.of(new ProcessEnd.Exited(code));
      case SupervisedProcess.Gone _ -> Optional.of(new ProcessEnd.Gone());
      case SupervisedProcess.Unborn _ -> unborn();
      case SupervisedProcess.NotStarted _ -> unstarted();
      case SupervisedProcess.Starting _ -> Optional.empty();
      case SupervisedProcess.Running _ when isCancelled -> Optional.of(new ProcessEnd.Cancelled());
      case SupervisedProcess.Running _ ->
          guarded.isPresent() ? guarded.get().watchdog().look() : Optional.empty();
    };
  }

  private Optional<ProcessEnd> unborn() throws IOException {
    if (isCancelled) {
      return Optional.of(new ProcessEnd.Cancelled());
    }
    SupervisedProcess.forgetUnborn(procDir);
    throw new MachineLack("no process could be started in " + procDir);
  }

  /// Our child may be about to start; of it and the withdrawal one wins.
  private Optional<ProcessEnd> unstarted() throws IOException {
    if (isChildAlive() && !isCancelled) {
      return Optional.empty();
    }
    return SupervisedProcess.tryWithdraw(procDir)
        ? Optional.of(isCancelled ? new ProcessEnd.Cancelled() : new ProcessEnd.Gone())
        : Optional.empty();
  }

  private boolean isChildAlive() {
    return supervisorEnded.isPresent() && !supervisorEnded.get().isDone();
  }

  private boolean isSupervised() {
    return isChildAlive() || SupervisedProcess.isAtWork(procDir);
  }

  private void clear(
      SupervisedProcess state,
      Optional<Guarded> guarded,
      ProcessLimits limits,
      OrphanProcesses leftovers)
      throws InterruptedException {
    if (guarded.isPresent() && !(state instanceof SupervisedProcess.Exited)) {
      guarded.get().tree().end(limits.patience().beforeKill());
    }
    leftovers.sweep(limits.patience());
  }

  private void pause(Duration pace) throws InterruptedException {
    var longest = supervisorEnded.isPresent() ? pace : min(pace, ADOPTED_PACE);
    if (news.isDone()) {
      TimeUnit.MILLISECONDS.sleep(STARTING_PACE.toMillis());
      return;
    }
    try {
      news.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException nothingNew) {
      return;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
