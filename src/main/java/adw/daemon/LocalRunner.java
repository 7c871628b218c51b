package adw.daemon;

import adw.daemon.attempt.CancelRequests;
import adw.daemon.attempt.LackPatience;
import adw.daemon.attempt.TaskRun;
import adw.os.ProblemWords;
import adw.run.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runs that this process carries, each on a thread of its own. A run comes back through
/// `takeReturned` when it waits or has an outcome: only the loop writes the task file.
///
/// No virtual threads: the JVM starts the one that wakes them at the first sleep, and whoever
/// sleeps while the machine has no thread left for that is never woken.
final class LocalRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRunner.class);

  private final Map<String, Thread> threads = new ConcurrentHashMap<>();
  private final Queue<Run> returned = new ConcurrentLinkedQueue<>();
  private final CancelRequests stopping;
  private final TaskRun taskRun;
  private final Runnable wake;
  private volatile boolean isLeaving;

  /// @param wake called from any thread when a run has come back
  LocalRunner(TaskRun taskRun, CancelRequests stopping, Runnable wake) {
    this.taskRun = taskRun;
    this.stopping = stopping;
    this.wake = wake;
  }

  @Override
  public void start(Run run) {
    var thread = Thread.ofPlatform().daemon().name(run.id()).unstarted(() -> carry(run));
    threads.put(run.id(), thread);
    start(thread, () -> threads.remove(run.id()));
  }

  /// The machine may have no thread left: then nothing must wait for the end of this one.
  static void start(Thread thread, Runnable undo) {
    var isStarted = false;
    try {
      thread.start();
      isStarted = true;
    } finally {
      if (!isStarted) {
        undo.run();
      }
    }
  }

  private void carry(Run run) {
    try {
      returned.add(carryToOutcome(run));
    } catch (InterruptedException e) {
      LOG.info(
          "{}: left at {}; whoever comes next goes on from there", run.id(), run.stage().word());
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("{}: its outcome cannot be recorded; the next start tries again", run.id(), e);
    } finally {
      threads.remove(run.id());
      wake.run();
    }
  }

  private Run carryToOutcome(Run run) throws IOException, InterruptedException {
    var lack = new LackPatience();
    Optional<Run> from = Optional.of(run);
    while (true) {
      try {
        return taskRun.run(from.isPresent() ? from.get() : taskRun.again(run.id()));
      } catch (IOException | RuntimeException | Error e) {
        if (isLeaving) {
          throw new InterruptedException("left while " + e); // our own interrupt broke it off
        }
        if (!lack.explains(e) || stopping.find(run.id()).isPresent()) {
          LOG.error("{}: ends because of an error of the daemon's own", run.id(), e);
          return taskRun.fail(run.id(), ProblemWords.of(e));
        }
        LOG.warn("{}: waits, since the machine lacks something", run.id(), e);
        if (lack.isNew()) {
          taskRun.delayed(run.id(), e);
        }
      }
      from = Optional.empty();
      lack.pause();
    }
  }

  @Override
  public void cancel(String run, adw.run.Outcome outcome) {
    stopping.ask(run, outcome);
  }

  @Override
  public List<Run> takeReturned() {
    var runs = new ArrayList<Run>();
    for (var run = returned.poll(); run != null; run = returned.poll()) {
      stopping.forget(run.id());
      runs.add(run);
    }
    return runs;
  }

  @Override
  public boolean isCarrying(String run) {
    return threads.containsKey(run) || returned.stream().anyMatch(back -> back.id().equals(run));
  }

  @Override
  public List<String> carried() {
    return List.copyOf(threads.keySet());
  }

  @Override
  public int size() {
    return threads.size() + returned.size();
  }

  /// Lets go of all runs; their workflows go on. What is being written is finished first, within
  /// `limit`.
  void leave(Duration limit) throws InterruptedException {
    isLeaving = true;
    var all = List.copyOf(threads.values());
    all.forEach(Thread::interrupt);
    var end = System.nanoTime() + limit.toNanos();
    for (var thread : all) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
  }
}
