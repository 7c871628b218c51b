package adw.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import adw.os.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitWatchdogTest {
  private static final Duration IDLE = Duration.ofMinutes(10);

  private static final Map<String, String> PATH = Map.of("PATH", System.getenv("PATH"));

  @TempDir private Path folder;
  private final AtomicLong clock = new AtomicLong(77);
  private final AtomicReference<Duration> cpu = new AtomicReference<>(Duration.ZERO);
  private Stopwatch stopwatch;

  @BeforeEach
  void start() throws Exception {
    stopwatch = Stopwatch.start(folder, clock::get);
  }

  @Test
  void whoIsSilentAndDoesNothingIsIdleAfterTheLimitAndNotBefore() throws Exception {
    var watchdog = watchdog(Duration.ofMinutes(60), 1000);

    assertThat(after(Duration.ofMinutes(9), watchdog)).isEmpty();
    assertThat(after(Duration.ofSeconds(59), watchdog)).isEmpty();
    assertThat(after(Duration.ofSeconds(1), watchdog)).contains(new ProcessEnd.Idle(IDLE));
  }

  @Test
  void whoGoesOnSayingSomethingIsNotIdle() throws Exception {
    var watchdog = watchdog(Duration.ofMinutes(60), 1000);

    for (int minute = 0; minute < 45; minute += 9) {
      say("still here\n");
      assertThat(after(Duration.ofMinutes(9), watchdog)).isEmpty();
    }
    assertThat(after(Duration.ofMinutes(10), watchdog)).contains(new ProcessEnd.Idle(IDLE));
  }

  @Test
  void whoIsSilentButUsesTheProcessorIsNotIdle() throws Exception {
    var watchdog = watchdog(Duration.ofHours(9), 1000);

    for (int minute = 0; minute < 100; minute++) {
      cpu.updateAndGet(used -> used.plusMillis(150));
      assertThat(after(Duration.ofMinutes(1), watchdog)).isEmpty();
    }
  }

  @Test
  void aLittleProcessorTimeIsOnlyWaiting() throws Exception {
    var watchdog = watchdog(Duration.ofHours(9), 1000);

    for (int minute = 0; minute < 9; minute++) {
      cpu.updateAndGet(used -> used.plusMillis(50));
      assertThat(after(Duration.ofMinutes(1), watchdog)).isEmpty();
    }
    assertThat(after(Duration.ofMinutes(1), watchdog)).contains(new ProcessEnd.Idle(IDLE));
  }

  @Test
  void theTimeLimitHoldsHoweverMuchIsSaid() throws Exception {
    var watchdog = watchdog(Duration.ofMinutes(15), 1000);

    say("a\n");
    assertThat(after(Duration.ofMinutes(9), watchdog)).isEmpty();
    say("b\n");
    assertThat(after(Duration.ofMinutes(6), watchdog))
        .contains(new ProcessEnd.TimedOut(Duration.ofMinutes(15)));
  }

  @Test
  void theLogHasALimitOfItsOwn() throws Exception {
    var watchdog = watchdog(Duration.ofMinutes(15), 10);

    say("12345678");
    assertThat(after(Duration.ZERO, watchdog)).isEmpty();
    Files.writeString(folder.resolve("stderr.log"), "345");
    assertThat(after(Duration.ZERO, watchdog)).contains(new ProcessEnd.LogTooLarge(10));
  }

  @Test
  void theMiddleOfALargeLogIsGivenBack() throws Exception {
    var log = folder.resolve("stdout.log");
    Files.write(log, new byte[80 << 20]);

    assertThat(new ProcessLogs(folder).bytes()).isEqualTo(80 << 20);

    var du = new Command(List.of("du", "-m", "stdout.log"), folder, PATH, Duration.ofMinutes(3));
    assertThat(Long.parseLong(du.run().outText().split("\\s")[0])).isBetween(30L, 40L);
    assertThat(Files.size(log)).isEqualTo(80 << 20);
  }

  @Test
  void aRunningTimeOfAnotherBootOrOfNoneBeginsAnew() throws Exception {
    clock.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(Stopwatch.resume(folder, clock::get).elapsed()).isEqualTo(Duration.ofHours(1));

    Files.writeString(folder.resolve("since"), "5 another-boot\n");
    assertThat(Stopwatch.resume(folder, clock::get).elapsed()).isZero();

    Files.writeString(folder.resolve("since"), "half a li");
    assertThat(Stopwatch.resume(folder, clock::get).elapsed()).isZero();
  }

  private LimitWatchdog watchdog(Duration timeout, long maxLogBytes) throws IOException {
    return new LimitWatchdog(
        folder, new ProcessLimits(timeout, IDLE, maxLogBytes), stopwatch, cpu::get);
  }

  private Optional<ProcessEnd> after(Duration time, LimitWatchdog watchdog) throws IOException {
    clock.addAndGet(time.toNanos());
    return watchdog.look();
  }

  private void say(String text) throws IOException {
    Files.writeString(
        folder.resolve("stdout.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
