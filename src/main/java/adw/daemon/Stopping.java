package adw.daemon;

import adw.run.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which runs are to be ended before their time, and as what.
final class Stopping {
  private final Map<String, Outcome> asked = new ConcurrentHashMap<>();
  private final Map<String, Runnable> wakers = new ConcurrentHashMap<>();

  /// Asks a run to end as `outcome`; the first to ask decides.
  void ask(String run, Outcome outcome) {
    asked.putIfAbsent(run, outcome);
    var waker = wakers.get(run);
    if (waker != null) {
      waker.run();
    }
  }

  Optional<Outcome> find(String run) {
    return Optional.ofNullable(asked.get(run));
  }

  /// While the returned value is open, `ask` runs `waker`; at once if it was asked already.
  Watched watch(String run, Runnable waker) {
    wakers.put(run, waker);
    if (asked.containsKey(run)) {
      waker.run();
    }
    return () -> wakers.remove(run);
  }

  /// Whether any run was asked to end and has not come back yet.
  boolean isAsked() {
    return !asked.isEmpty();
  }

  void forget(String run) {
    asked.remove(run);
  }

  interface Watched extends AutoCloseable {
    @Override
    void close();
  }
}
