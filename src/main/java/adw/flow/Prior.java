package adw.flow;

import adw.run.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an interrupted run had already got, and what it had paid.
///
/// @param phases by path
/// @param calls by path and key
/// @param isReplay everything is taken as it was, also what failed or blocked
record Prior(
    Map<List<String>, Result> phases,
    Map<List<String>, Result> calls,
    Usage spent,
    boolean isReplay) {
  static final Prior NONE = new Prior(Map.of(), Map.of(), Usage.NONE, false);

  Prior asReplay() {
    return new Prior(phases, calls, spent, true);
  }

  boolean isEmpty() {
    return phases.isEmpty() && calls.isEmpty();
  }

  Optional<Result> phase(List<String> path, String hash) {
    return Optional.ofNullable(phases.get(path))
        .filter(result -> result.hash().equals(hash))
        .filter(result -> isReplay || (result.isDone() && result.block().isEmpty()));
  }

  Optional<Result> call(List<String> path, String key) {
    return calls.isEmpty() ? Optional.empty() : Optional.ofNullable(calls.get(callKey(path, key)));
  }

  static List<String> callKey(List<String> path, String key) {
    var all = new java.util.ArrayList<>(path);
    all.add(key);
    return List.copyOf(all);
  }
}
