package adw;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Asserts that twice as much input takes about twice as long, on whatever machine.
///
/// CPU time of the calling thread is measured, which a busy machine does not add to. Of several
/// rounds the least counts: a compiler at work or a cold cache only ever adds.
public final class LinearTime {
  /// A sort, or a part that is only seldom needed, stays below; a square comes to 4.
  private static final double LINEAR = 3;

  private static final int ROUNDS = 8;

  private LinearTime() {}

  /// Makes input of a size; only the work on it is measured.
  public interface Input {
    Work of(int size) throws Exception;
  }

  /// What is measured, on input that was made for it alone.
  public interface Work {
    void run() throws Exception;
  }

  public static void assertLinear(int size, Input input) throws Exception {
    assertGrowth(LINEAR, size, input);
  }

  /// @param most how many times as long twice the size may take
  public static void assertGrowth(double most, int size, Input input) throws Exception {
    measured(input.of(2 * size)); // so that what is compared has been compiled
    var once = Long.MAX_VALUE;
    var twice = Long.MAX_VALUE;
    for (var round = 0; round < ROUNDS; round++) {
      once = Math.min(once, measured(input.of(size)));
      twice = Math.min(twice, measured(input.of(2 * size)));
      if (twice < most * once) {
        return;
      }
    }
    throw new AssertionError(
        "%d take %s, %d take %s: more than %.1f times as long"
            .formatted(size, Duration.ofNanos(once), 2 * size, Duration.ofNanos(twice), most));
  }

  private static long measured(Work work) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadCpuTime();
    work.run();
    return threads.getCurrentThreadCpuTime() - before;
  }
}
