package adw.workflow;

import adw.os.process.IdleWatchdog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Says when a running process is past one of its limits.
final class LimitWatchdog {
  private final ProcessLimits limits;
  private final Stopwatch stopwatch;
  private final ProcessLogs logs;
  private final IdleWatchdog idle;

  LimitWatchdog(Path procDir, ProcessLimits limits, Stopwatch stopwatch, Supplier<Duration> treeCpu)
      throws IOException {
    this.limits = limits;
    this.stopwatch = stopwatch;
    this.logs = new ProcessLogs(procDir);
    this.idle = new IdleWatchdog(limits.idleTimeout(), treeCpu, stopwatch.elapsed(), logs.bytes());
  }

  /// How long one may wait between two looks.
  Duration pace() {
    var shortest = Duration.ofSeconds(1);
    for (var limit : new Duration[] {limits.timeout(), limits.idleTimeout()}) {
      if (isSet(limit) && limit.dividedBy(10).compareTo(shortest) < 0) {
        shortest = limit.dividedBy(10);
      }
    }
    return shortest;
  }

  Optional<ProcessEnd> look() throws IOException {
    var now = stopwatch.elapsed();
    var written = logs.bytes();
    if (written > limits.maxLogBytes()) {
      return Optional.of(new ProcessEnd.LogTooLarge(limits.maxLogBytes()));
    }
    if (isSet(limits.timeout()) && now.compareTo(limits.timeout()) >= 0) {
      return Optional.of(new ProcessEnd.TimedOut(limits.timeout()));
    }
    if (isSet(limits.idleTimeout()) && idle.isIdle(now, written)) {
      return Optional.of(new ProcessEnd.Idle(limits.idleTimeout()));
    }
    return Optional.empty();
  }

  private static boolean isSet(Duration limit) {
    return limit.isPositive();
  }
}
