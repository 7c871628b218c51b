package adw.os;

import java.time.Duration;

/// How a child process ended.
public sealed interface ExitStatus {
  /// It ended by itself; 128 + n if by signal n.
  record Exited(int code) implements ExitStatus {}

  /// It did not end within its limit and was ended with all its descendants.
  record TimedOut(Duration limit) implements ExitStatus {}
}
