package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.os.process.ChildProcess;
import adw.os.process.Command;
import adw.os.process.ProgramPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the machine from falling asleep while runs live (`[trigger] keep_awake`): a program of the
/// system does that as long as it runs. Where there is none, nothing is done, and `adw doctor` says
/// so.
public final class KeepAwake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAwake.class);

  /// For systemd-inhibit, which does not end by itself when adw is killed.
  private static final String WHILE_IT_LIVES = "while kill -0 \"$0\" 2>/dev/null; do sleep 2; done";

  private final List<String> argv;
  private final Path folder;
  private final Map<String, String> environment;
  private Optional<ChildProcess> child = Optional.empty();
  private boolean hasFailed;

  private KeepAwake(List<String> argv, Path folder, Map<String, String> environment) {
    this.argv = argv;
    this.folder = folder;
    this.environment = environment;
  }

  static KeepAwake of(DaemonContext context) {
    var environment = context.world().environment();
    var argv =
        context.settings().trigger().keepAwake()
            ? findProgram(environment).map(KeepAwake::argv).orElse(List.of())
            : List.<String>of();
    return new KeepAwake(argv, context.checkout(), environment);
  }

  /// What would keep this machine awake.
  public static Optional<Path> findProgram(Map<String, String> environment) {
    return ProgramPath.find("systemd-inhibit", environment)
        .or(() -> ProgramPath.find("caffeinate", environment));
  }

  private static List<String> argv(Path program) {
    var pid = Long.toString(ProcessHandle.current().pid());
    return program.endsWith("caffeinate")
        ? List.of(program.toString(), "-i", "-w", pid)
        : List.of(
            program.toString(),
            "--what=idle:sleep",
            "--who=adw",
            "--why=tasks are being worked on",
            "/bin/sh",
            "-c",
            WHILE_IT_LIVES,
            pid);
  }

  /// Called by the loop alone, often: it starts or ends something only when that changes.
  void keep(boolean isWorking) throws InterruptedException {
    if (child.isPresent()) {
      check(child.get());
    }
    if (!isWorking) {
      close();
    } else if (child.isEmpty() && !argv.isEmpty() && !hasFailed) {
      begin();
    }
  }

  /// It ends by itself where it cannot do it: in a container, without rights.
  private void check(ChildProcess running) throws InterruptedException {
    if (running.await(Duration.ZERO).isPresent()) {
      hasFailed = true;
      child = Optional.empty();
      var why = new String(running.err(), StandardCharsets.UTF_8).strip();
      LOG.warn("the machine may fall asleep: {}: {}", argv.getFirst(), why);
    }
  }

  private void begin() {
    try {
      child = Optional.of(new Command(argv, folder, environment, Duration.ZERO).start());
    } catch (IOException e) {
      hasFailed = true;
      LOG.warn("the machine may fall asleep: {} cannot be started", argv.getFirst(), e);
    }
  }

  @Override
  public void close() {
    child.ifPresent(ChildProcess::close);
    child = Optional.empty();
  }
}
