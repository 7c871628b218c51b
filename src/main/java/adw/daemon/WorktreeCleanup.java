package adw.daemon;

import adw.daemon.attempt.CancelRequests;
import adw.daemon.attempt.RunChildren;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonSettings;
import adw.git.RemoveResult;
import adw.git.config.GitException;
import adw.json.JsonException;
import adw.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of the worktree of a run that has ended: `[worktree] keep`.
final class WorktreeCleanup {
  private static final Logger LOG = LoggerFactory.getLogger(WorktreeCleanup.class);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DaemonContext context;
  private final CancelRequests stopping;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  WorktreeCleanup(DaemonContext context, CancelRequests stopping) {
    this.context = context;
    this.stopping = stopping;
  }

  /// Beside the loop: removing a large worktree takes a while, and nothing waits for it but the
  /// loop's end.
  void tidy(Run run) {
    if (isWanted() && mayGo(run)) {
      start("tidy " + run.id(), () -> remove(run));
    }
  }

  /// What loops have left that ended too early.
  void tidyLeft() {
    if (isWanted()) {
      start("tidy", this::removeLeft);
    }
  }

  private boolean isWanted() {
    return context.settings().worktrees().keep() == DaemonSettings.Keep.NEVER;
  }

  private static boolean mayGo(Run run) {
    return run.hasEnded() && run.place().isPresent() && run.order().scope().isEmpty();
  }

  private void start(String name, Runnable work) {
    var thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> carryOut(work));
    threads.add(thread);
    LocalRunner.start(thread, () -> threads.remove(thread));
  }

  private void carryOut(Runnable work) {
    try {
      work.run();
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /// Until all that is to go has gone, which takes no longer than a person waits.
  void await() throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    for (var thread : Set.copyOf(threads)) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
  }

  private void removeLeft() {
    try {
      for (var id : context.runs().ids()) {
        context
            .runs()
            .find(id)
            .filter(run -> mayGo(run) && Files.exists(run.place().orElseThrow().worktree()))
            .ifPresent(this::remove);
      }
    } catch (IOException | JsonException e) {
      LOG.warn("worktrees of ended runs are still there", e);
    }
  }

  private void remove(Run run) {
    var place = run.place().orElseThrow();
    try {
      var worktree = context.repository().worktree(place.worktree(), place.branch());
      var children = RunChildren.of(context, run, stopping);
      switch (children.keep(() -> worktree.remove(Optional.empty()))) {
        case RemoveResult.Removed() ->
            context.happened(run, "removed", "path", place.worktree().toString());
        case RemoveResult.Refused(var reason) -> context.happened(run, "kept", "why", reason);
      }
    } catch (IOException | GitException e) {
      LOG.warn("{}: its worktree {} is still there", run.id(), place.worktree(), e);
    } catch (InterruptedException e) {
      LOG.info("{}: left before its worktree was removed", run.id());
    }
  }
}
