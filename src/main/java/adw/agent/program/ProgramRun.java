package adw.agent.program;

import adw.agent.CallLimits;
import adw.agent.FailureKind;
import adw.agent.output.OutputSoFar;
import adw.os.process.ChildProcess;
import adw.os.process.Command;
import adw.os.process.ExitStatus;
import adw.os.process.IdleWatchdog;
import adw.os.process.OrphanProcesses;
import adw.spend.Meter;
import adw.spend.Usage;
import adw.text.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// One run of a program, watched: its output is read as it comes, and it is ended when it takes too
/// long, is silent without working, spends too much, or lingers after its answer.
final class ProgramRun {
  /// Tells the processes of one call from those of another of the same run.
  static final String CALL_MARK = "ADW_CALL";

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final OrphanProcesses.Patience PATIENCE =
      new OrphanProcesses.Patience(Duration.ofSeconds(2), GRACE);
  private static final Duration LINGER = Duration.ofSeconds(10);
  private static final Duration METER = Duration.ofSeconds(2);
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private static final int ERR_LIMIT = 64 * 1024;

  private final Command command;
  private final Preset preset;
  private final CallLimits limits;
  private final Function<OutputSoFar, Usage> account;
  private final Meter meter;

  private final long started = System.nanoTime();

  private final AtomicLong bytes = new AtomicLong();

  /// Written by the thread that reads, as is the next.
  private volatile long answered;

  private volatile OutputSoFar heard = OutputSoFar.NOTHING;

  private long metered = started;
  private Usage spent = Usage.NONE;

  ProgramRun(
      Command command,
      Preset preset,
      CallLimits limits,
      Function<OutputSoFar, Usage> account,
      Meter meter) {
    this.command = command;
    this.preset = preset;
    this.limits = limits;
    this.account = account;
    this.meter = meter;
  }

  ProgramEnd run() throws IOException, InterruptedException {
    try (var child = command.start()) {
      var reader = child.listen(() -> read(child.out()));
      try {
        return watch(child, reader);
      } catch (InterruptedException stop) {
        child.tree().end(GRACE);
        sweep(child);
        throw stop;
      }
    }
  }

  private ProgramEnd watch(ChildProcess child, CountDownLatch reader) throws InterruptedException {
    var stopped = Optional.<ProgramEnd.Stop>empty();
    var lingered = false;
    var idle = new IdleWatchdog(limits.silence(), child.tree()::cpu, since(started), 0);
    var status = child.await(LOOK);
    while (status.isEmpty() && stopped.isEmpty() && !lingered) {
      stopped = findStop(idle);
      lingered = stopped.isEmpty() && isLingering();
      status = stopped.isEmpty() && !lingered ? child.await(LOOK) : status;
    }
    if (status.isEmpty()) {
      child.tree().end(GRACE);
      status = child.await(SETTLE);
    }
    sweep(child);
    var _ = reader.await(SETTLE.toMillis(), TimeUnit.MILLISECONDS);
    findExcess();
    return new ProgramEnd(heard, code(status), tail(child.err()), stopped, lingered);
  }

  /// What the program has left behind is ended too: it may hold the pipe open, and its work would
  /// go on beside that of the next call.
  private void sweep(ChildProcess child) throws InterruptedException {
    var mark = command.environment().getOrDefault(CALL_MARK, "");
    OrphanProcesses.ofMark(CALL_MARK, mark).of(child).sweep(PATIENCE);
  }

  private void read(InputStream out) {
    try {
      preset.output().reader().read(new Listening(out), this::hear);
    } catch (IOException closed) {
      // The program was ended while we read; what came before it counts.
      return;
    }
  }

  private void hear(OutputSoFar news) {
    answered = news.ended() ? (heard.ended() ? answered : System.nanoTime()) : 0;
    heard = news;
  }

  private Optional<ProgramEnd.Stop> findStop(IdleWatchdog idle) {
    var excess = findExcess();
    if (excess.isPresent()) {
      return excess.map(why -> new ProgramEnd.Stop(FailureKind.BUDGET, why));
    }
    if (since(started).compareTo(limits.time()) >= 0) {
      return Optional.of(
          new ProgramEnd.Stop(
              FailureKind.KILLED, "no end after " + Durations.typed(limits.time())));
    }
    if (idle.isIdle(since(started), bytes.get())) {
      return Optional.of(
          new ProgramEnd.Stop(
              FailureKind.KILLED, "no output for " + Durations.typed(limits.silence())));
    }
    return Optional.empty();
  }

  /// Asks whenever something was spent, and now and then without: others spend from the same
  /// budget.
  private Optional<String> findExcess() {
    var usage = account.apply(heard);
    if (usage.isSame(spent) && since(metered).compareTo(METER) < 0) {
      return Optional.empty();
    }
    spent = usage;
    metered = System.nanoTime();
    return usage.usd() > limits.usd().orElse(Double.MAX_VALUE)
        ? Optional.of(excess(usage.usd(), limits.usd().getAsDouble()))
        : meter.findExcess(usage);
  }

  private static String excess(double usd, double limit) {
    return String.format(Locale.ROOT, "spent $%.2f of $%.2f", usd, limit);
  }

  private boolean isLingering() {
    return answered != 0 && since(answered).compareTo(LINGER) >= 0;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static int code(Optional<ExitStatus> status) {
    return status.isPresent() && status.get() instanceof ExitStatus.Exited(var code) ? code : 137;
  }

  private static String tail(byte[] err) {
    var from = Math.max(0, err.length - ERR_LIMIT);
    return new String(err, from, err.length - from, StandardCharsets.UTF_8).strip();
  }

  /// Counts what the program says.
  private final class Listening extends InputStream {
    private final InputStream out;

    Listening(InputStream out) {
      this.out = out;
    }

    @Override
    public int read() throws IOException {
      var b = out.read();
      bytes.addAndGet(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
      var count = out.read(block, offset, length);
      bytes.addAndGet(Math.max(0, count));
      return count;
    }
  }
}
