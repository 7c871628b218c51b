package adw.daemon.attempt;

import adw.daemon.context.StopWord;
import adw.run.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which runs are to be ended before their time, and as what.
public final class CancelRequests {
  private final StopWord word;
  private final Map<String, Outcome> asked = new ConcurrentHashMap<>();

  /// What wakes those who wait for a process, and for which run.
  private final Map<Object, Waker> wakers = new ConcurrentHashMap<>();

  private volatile @Nullable Outcome ofAll;

  private record Waker(String run, Runnable action) {}

  public CancelRequests(StopWord word) {
    this.word = word;
  }

  /// Asks a run to end as `outcome`; the first to ask decides.
  public void ask(String run, Outcome outcome) {
    asked.putIfAbsent(run, outcome);
    wakers.values().stream().filter(waker -> waker.run.equals(run)).forEach(CancelRequests::wake);
  }

  /// Asks all, also those that are taken over later.
  public void askAll(Outcome outcome) {
    ofAll = outcome;
    wakers.values().forEach(CancelRequests::wake);
  }

  /// Whoever has called `adw stop` meanwhile may have ended processes already, before the loop came
  /// to look: what they say then is no result.
  void heed() throws IOException {
    if (ofAll == null && word.hasChanged()) {
      askAll(new Outcome.Cancelled(StopWord.REASON));
    }
  }

  private static void wake(Waker waker) {
    waker.action.run();
  }

  public Optional<Outcome> find(String run) {
    return Optional.ofNullable(asked.get(run)).or(() -> Optional.ofNullable(ofAll));
  }

  /// While the returned value is open, `ask` runs `action`; at once if it was asked already.
  Watched watch(String run, Runnable action) {
    var key = new Object();
    wakers.put(key, new Waker(run, action));
    if (find(run).isPresent()) {
      action.run();
    }
    return () -> wakers.remove(key);
  }

  /// Whether any run was asked to end and has not come back yet.
  public boolean isAsked() {
    return !asked.isEmpty();
  }

  public void forget(String run) {
    asked.remove(run);
  }

  interface Watched extends AutoCloseable {
    @Override
    void close();
  }
}
