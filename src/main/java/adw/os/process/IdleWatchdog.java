package adw.os.process;

import java.time.Duration;
import java.util.function.Supplier;

/// Says when a process is idle: for so long it has put nothing out, and its tree has used less than
/// a second of processor time.
public final class IdleWatchdog {
  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final int LOOKS = 20;

  private final Duration limit;
  private final Supplier<Duration> treeCpu;

  /// The last sign of life: when, with how much output, and how much processor time by then.
  private Duration lastSign;

  private long output;
  private Duration cpu = Duration.ZERO;
  private Duration nextLook;

  /// @param now on any clock that stands still while the machine sleeps; the later calls use it too
  /// @param output how much there is of it already
  public IdleWatchdog(Duration limit, Supplier<Duration> treeCpu, Duration now, long output) {
    this.limit = limit;
    this.treeCpu = treeCpu;
    this.lastSign = now;
    this.output = output;
    this.nextLook = now.plus(limit.dividedBy(LOOKS));
  }

  /// The tree's processor time is a look at every process, so it is taken seldom.
  public boolean isIdle(Duration now, long written) {
    var hasWritten = written != output;
    var isLate = now.minus(lastSign).compareTo(limit) >= 0;
    if (hasWritten) {
      output = written;
      lastSign = now;
    }
    if (!isLate && now.compareTo(nextLook) < 0) {
      return false;
    }
    nextLook = now.plus(limit.dividedBy(LOOKS));
    var used = treeCpu.get();
    if (hasWritten || used.minus(cpu).compareTo(BUSY) >= 0) {
      cpu = used;
      lastSign = now;
    }
    return now.minus(lastSign).compareTo(limit) >= 0;
  }
}
