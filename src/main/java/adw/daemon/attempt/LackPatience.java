package adw.daemon.attempt;

import adw.os.MachineLack;
import java.time.Duration;

/// How long a run waits for what the machine lacks: for minutes, in steps that grow. What is
/// lacking for longer does not pass by itself, and the run ends with it as its reason.
public final class LackPatience {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration FIRST_STEP = Duration.ofMillis(250);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(4);

  private static final Duration QUIET = Duration.ofMinutes(1);

  private long since;
  private long last;
  private Duration step = Duration.ZERO;

  /// Whether this failure is to be waited out.
  public boolean explains(Throwable failure) {
    var now = System.nanoTime();
    if (step.isZero() || now - last > QUIET.toNanos()) {
      since = now;
      step = Duration.ZERO;
    }
    return MachineLack.isPassing(failure) && now - since < LONGEST.toNanos();
  }

  /// Whether it was not waited for yet.
  public boolean isNew() {
    return step.isZero();
  }

  public void pause() throws InterruptedException {
    step = step.isZero() ? FIRST_STEP : step.multipliedBy(2);
    step = step.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step;
    Thread.sleep(step);
    last = System.nanoTime();
  }
}
