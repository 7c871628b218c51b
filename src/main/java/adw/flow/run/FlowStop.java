package adw.flow.run;

import adw.os.MachineLack;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Ends a running flow from outside: what runs is interrupted, nothing more starts, and the flow
/// can be resumed.
public final class FlowStop {
  private static final Duration LACK = Duration.ofMillis(100);

  /// No virtual threads: one that sleeps while the machine has no thread left to wake it sleeps for
  /// ever. They are used again, for to start one costs more than a phase does.
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("phase-", 0).factory());

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean isRequested;

  public synchronized void request() {
    if (isRequested) {
      return; // whoever waits for what was interrupted is not to be interrupted for ever
    }
    isRequested = true;
    threads.forEach(Thread::interrupt);
  }

  public boolean isRequested() {
    return isRequested;
  }

  /// Runs the work on a thread of its own that a request interrupts; waits until the machine has
  /// one left.
  void start(Runnable work) {
    while (true) {
      try {
        THREADS.execute(() -> run(work));
        return;
      } catch (OutOfMemoryError e) {
        if (isRequested || !MachineLack.isPassing(e)) {
          throw e;
        }
        LockSupport.parkNanos(LACK.toNanos());
      }
    }
  }

  private void run(Runnable work) {
    threads.add(Thread.currentThread());
    try {
      if (isRequested) {
        Thread.currentThread().interrupt();
      }
      work.run();
    } finally {
      threads.remove(Thread.currentThread());
    }
  }
}
