package adw.workflow;

import java.time.Duration;

/// How a process of a run ended.
public sealed interface Ending {
  /// By itself; 128 + n if by signal n.
  record Exited(int code) implements Ending {}

  record TimedOut(Duration limit) implements Ending {}

  /// It said nothing and did nothing for that long.
  record Idle(Duration limit) implements Ending {}

  record LogTooLarge(long bytes) implements Ending {}

  /// On our own word.
  record Cancelled() implements Ending {}

  /// Neither an exit code nor anybody alive: a reboot, or somebody killed it all.
  record Gone() implements Ending {}
}
