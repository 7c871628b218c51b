package adw.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Says when a running process is past one of its limits.
final class IdleWatchdog {
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final ProcessLimits limits;
  private final Stopwatch stopwatch;
  private final ProcessLogs logs;
  private final Supplier<Duration> treeCpu;

  /// The last sign of life: when, with how much output, and how much processor time by then.
  private Duration lastSign;

  private long bytes;
  private Duration cpu;
  private Duration nextLook;

  IdleWatchdog(Path procDir, ProcessLimits limits, Stopwatch stopwatch, Supplier<Duration> treeCpu)
      throws IOException {
    this.limits = limits;
    this.stopwatch = stopwatch;
    this.logs = new ProcessLogs(procDir);
    this.treeCpu = treeCpu;
    this.lastSign = stopwatch.elapsed();
    this.bytes = logs.bytes();
    this.cpu = Duration.ZERO;
    this.nextLook = lastSign.plus(limits.idleTimeout().dividedBy(20));
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
    if (isSet(limits.idleTimeout()) && isIdle(now, written)) {
      return Optional.of(new ProcessEnd.Idle(limits.idleTimeout()));
    }
    return Optional.empty();
  }

  /// The tree's processor time is a look at every process, so it is taken seldom.
  private boolean isIdle(Duration now, long written) {
    var hasWritten = written != bytes;
    var isLate = now.minus(lastSign).compareTo(limits.idleTimeout()) >= 0;
    if (hasWritten) {
      bytes = written;
      lastSign = now;
    }
    if (!isLate && now.compareTo(nextLook) < 0) {
      return false;
    }
    nextLook = now.plus(limits.idleTimeout().dividedBy(20));
    var used = treeCpu.get();
    if (hasWritten || used.minus(cpu).compareTo(BUSY) >= 0) {
      cpu = used;
      lastSign = now;
    }
    return now.minus(lastSign).compareTo(limits.idleTimeout()) >= 0;
  }

  private static boolean isSet(Duration limit) {
    return limit.isPositive();
  }
}
