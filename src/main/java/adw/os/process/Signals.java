package adw.os.process;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/// Signals to processes that are certainly still the same: a number alone is never trusted.
final class Signals {
  private static final long LOOK_MILLIS = 20;

  private Signals() {}

  static void terminate(Collection<ProcessIdentity> processes) {
    processes.forEach(one -> handle(one).ifPresent(ProcessHandle::destroy));
  }

  static void kill(Collection<ProcessIdentity> processes) {
    processes.forEach(one -> handle(one).ifPresent(ProcessHandle::destroyForcibly));
  }

  /// Waits until nobody is left, at most that long; false if somebody is.
  static boolean awaitNone(Supplier<Collection<ProcessIdentity>> living, Duration limit)
      throws InterruptedException {
    var start = System.nanoTime();
    while (!living.get().isEmpty()) {
      if (System.nanoTime() - start >= limit.toNanos()) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  /// The handle first, then the comparison: the handle itself refuses a number used again later.
  private static Optional<ProcessHandle> handle(ProcessIdentity one) {
    var current = ProcessHandle.current().pid();
    return ProcessHandle.of(one.pid())
        .filter(handle -> handle.pid() != current && one.judge() == Liveness.ALIVE);
  }
}
