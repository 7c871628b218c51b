package adw.cli;

import adw.os.Supervised;
import adw.os.Supervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `adw run --detach`: the same program once more, in a session of its own.
final class Detached {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long LOOK_MILLIS = 50;

  private Detached() {}

  static ExitCode start(Project project, Console console) throws IOException, InterruptedException {
    var before = Overview.daemons(project.state().daemons());
    var folder =
        project
            .state()
            .root()
            .resolve("detached")
            .resolve(Long.toString(console.caller().clock().instant().toEpochMilli()));
    var job =
        new Supervisor.Job(
            argv(),
            console.caller().directory(),
            console.caller().environment(),
            Path.of("/dev/null"));
    Supervisor.start(folder, job);
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      for (var daemon : Overview.daemons(project.state().daemons())) {
        if (!before.contains(daemon)) {
          console.print(
              "adw run works in the background (pid " + daemon.pid() + "): adw status, adw stop");
          return ExitCode.DONE;
        }
      }
      if (Supervised.look(folder) instanceof Supervised.Exited) {
        break;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new CliException(ExitCode.FAILED, "run: did not start: " + lastWords(folder));
  }

  /// This very command line, to be run in the foreground.
  private static List<String> argv() {
    var info = ProcessHandle.current().info();
    var argv = new ArrayList<String>();
    argv.add(info.command().orElseThrow());
    argv.addAll(List.of(info.arguments().orElseThrow()));
    argv.remove("--detach");
    return argv;
  }

  private static String lastWords(Path folder) throws IOException {
    var log = folder.resolve("stderr.log");
    var text = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8).strip() : "";
    return text.isEmpty() ? "see " + folder : text;
  }
}
