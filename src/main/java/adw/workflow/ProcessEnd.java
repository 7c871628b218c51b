package adw.workflow;

import java.time.Duration;

/// How a process of a run ended.
public sealed interface ProcessEnd {
  /// By itself; 128 + n if by signal n.
  record Exited(int code) implements ProcessEnd {}

  record TimedOut(Duration limit) implements ProcessEnd {}

  /// It said nothing and did nothing for that long.
  record Idle(Duration limit) implements ProcessEnd {}

  record LogTooLarge(long bytes) implements ProcessEnd {}

  /// On our own word.
  record Cancelled() implements ProcessEnd {}

  /// Neither an exit code nor anybody alive: a reboot, or somebody killed it all.
  record Gone() implements ProcessEnd {}
}
