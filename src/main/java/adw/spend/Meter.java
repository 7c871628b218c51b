package adw.spend;

import java.util.Optional;

/// Watches what a call spends while it runs; a budget is one, a live table another.
@FunctionalInterface
public interface Meter {
  /// Of a call that nobody pays for. No constant: an interface that has to be initialized keeps its
  /// lambdas out of the start-up cache.
  static Meter free() {
    return _ -> Optional.empty();
  }

  /// Asked in the thread of the call: whenever more was spent, now and then without, and at the
  /// end.
  ///
  /// @param soFar what this call has spent
  /// @return why the call must stop, for people
  Optional<String> findExcess(Usage soFar);

  /// Asks this one first, and both of them always.
  default Meter and(Meter other) {
    return soFar -> {
      var mine = findExcess(soFar);
      var theirs = other.findExcess(soFar);
      return mine.isPresent() ? mine : theirs;
    };
  }
}
