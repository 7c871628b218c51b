package adw.daemon.attempt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The runs to come that are ready. One is promised to a task when its claim is planned, and taken
/// when the run is prepared; a plan that comes to nothing gives it back. For several threads.
final class ReadyPool {
  private final Deque<ReadyRun> free = new ArrayDeque<>();
  private final Map<String, ReadyRun> promised = new HashMap<>();

  synchronized void add(ReadyRun ready) {
    free.add(ready);
  }

  synchronized int size() {
    return free.size();
  }

  /// The id of the run that the next task becomes.
  synchronized Optional<String> promise() {
    var next = Optional.ofNullable(free.poll());
    next.ifPresent(ready -> promised.put(ready.id(), ready));
    return next.map(ReadyRun::id);
  }

  /// Those of plans that were not carried out are free again.
  synchronized void takeBack(Predicate<String> isClaimed) {
    for (var id : List.copyOf(promised.keySet())) {
      if (!isClaimed.test(id)) {
        take(id).ifPresent(free::addFirst);
      }
    }
  }

  /// What was promised to this run; once.
  synchronized Optional<ReadyRun> take(String id) {
    return Optional.ofNullable(promised.remove(id));
  }

  /// One that is promised to nobody.
  synchronized Optional<ReadyRun> takeFree(Predicate<ReadyRun> which) {
    var found = free.stream().filter(which).findFirst();
    found.ifPresent(free::remove);
    return found;
  }

  synchronized List<ReadyRun> takeAll() {
    var all = new ArrayList<>(free);
    all.addAll(promised.values());
    free.clear();
    promised.clear();
    return all;
  }
}
