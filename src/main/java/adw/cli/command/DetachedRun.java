package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.os.TextFile;
import adw.os.process.ProcessIdentity;
import adw.os.process.SupervisedProcess;
import adw.os.process.Supervisor;
import adw.status.RepositoryStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `adw run --detach`: the same program once more, in a session of its own.
final class DetachedRun {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long LOOK_MILLIS = 50;

  private DetachedRun() {}

  static ExitCode start(Project project, Console console) throws IOException, InterruptedException {
    var before = RepositoryStatus.daemons(project.state().daemons());
    var folder = launch(project, console);
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end
        && !(SupervisedProcess.look(folder) instanceof SupervisedProcess.Exited)) {
      var started = findNew(project, before);
      if (started.isPresent()) {
        console.print(
            "adw run works in the background (pid %d): adw status, adw stop"
                .formatted(started.get().pid()));
        return ExitCode.DONE;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new CliException(ExitCode.FAILED, "run: did not start: " + lastWords(folder));
  }

  private static Path launch(Project project, Console console) throws IOException {
    var caller = console.caller();
    var name = Long.toString(caller.clock().instant().toEpochMilli());
    var folder = project.state().root().resolve("detached").resolve(name);
    Supervisor.start(
        folder,
        new Supervisor.Job(argv(), caller.directory(), caller.environment(), Path.of("/dev/null")));
    return folder;
  }

  private static Optional<ProcessIdentity> findNew(Project project, List<ProcessIdentity> before)
      throws IOException {
    return RepositoryStatus.daemons(project.state().daemons()).stream()
        .filter(daemon -> !before.contains(daemon))
        .findFirst();
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
    var text = Files.exists(log) ? TextFile.readAny(log).strip() : "";
    return text.isEmpty() ? "see " + folder : text;
  }
}
