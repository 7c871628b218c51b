package adw.flow.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends a running flow from outside: what runs is interrupted, nothing more starts, and the flow
/// can be resumed.
public final class FlowStop {
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

  /// Runs the work on a virtual thread of its own that a request interrupts.
  void start(Runnable work) {
    Thread.ofVirtual()
        .start(() -> {
          threads.add(Thread.currentThread());
          try {
            if (isRequested) {
              Thread.currentThread().interrupt();
            }
            work.run();
          } finally {
            threads.remove(Thread.currentThread());
          }
        });
  }
}
