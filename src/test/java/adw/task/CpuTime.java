package adw.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;

/// Processor time of the thread that asks: a busy machine takes none of it away.
public final class CpuTime {
  private CpuTime() {}

  /// What the action gives, which needs no more than the limit.
  public static <T> T within(Duration limit, Callable<T> action) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    var start = threads.getCurrentThreadCpuTime();
    var result = action.call();
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
        .isLessThanOrEqualTo(limit);
    return result;
  }
}
