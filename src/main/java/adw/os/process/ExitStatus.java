package adw.os.process;

import java.time.Duration;

/// How a child process ended.
public sealed interface ExitStatus {
  /// It ended by itself; 128 + n if by signal n.
  record Exited(int code) implements ExitStatus {
    /// From 129 on programs have codes of their own, git among them.
    private static final int FIRST_SIGNAL = 130;

    private static final int LAST_SIGNAL = 128 + 64;

    /// Whether somebody else, or the system for want of memory, has killed it.
    public boolean isKilled() {
      return code >= FIRST_SIGNAL && code <= LAST_SIGNAL;
    }
  }

  /// It did not end within its limit and was ended with all its descendants.
  record TimedOut(Duration limit) implements ExitStatus {}

  /// It was ended with all its descendants because its run was to end.
  record Stopped() implements ExitStatus {}
}
