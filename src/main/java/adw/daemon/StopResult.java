package adw.daemon;

import adw.os.process.LockHolder;
import java.util.List;

/// What became of everything once all was told to stop, found by looking.
///
/// @param ended ids of runs that were ended
/// @param unmarked ids of runs without a process any more, whose end nobody has written down yet
/// @param living ids of runs that still have processes
/// @param left how many daemons have left
/// @param holders who keeps that from being whole: daemons that do not answer, or who holds the
///   task file's lock
public record StopResult(
    List<String> ended,
    List<String> unmarked,
    List<String> living,
    int left,
    List<LockHolder> holders) {
  public StopResult {
    ended = List.copyOf(ended);
    unmarked = List.copyOf(unmarked);
    living = List.copyOf(living);
    holders = List.copyOf(holders);
  }

  /// Whether nothing lives any more and all of it is written down.
  public boolean isWhole() {
    return unmarked.isEmpty() && living.isEmpty() && holders.isEmpty();
  }
}
