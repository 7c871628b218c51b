package adw.workflow;

import adw.os.process.OrphanProcesses.Patience;
import java.time.Duration;

/// How long a process may run, be idle, and how much it may say; a duration of zero is no limit.
public record ProcessLimits(
    Duration timeout, Duration idleTimeout, long maxLogBytes, Patience patience) {
  public static final long USUAL_LOG = 4L << 30;

  public ProcessLimits(Duration timeout, Duration idleTimeout, long maxLogBytes) {
    this(timeout, idleTimeout, maxLogBytes, Patience.USUAL);
  }
}
