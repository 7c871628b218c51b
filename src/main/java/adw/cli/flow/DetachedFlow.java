package adw.cli.flow;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.SelfCommand;
import adw.flow.run.FlowRecordPlace;
import adw.json.Json;
import adw.os.process.SupervisedProcess;
import adw.os.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `adw flow run --detach`: this program once more, in a session of its own, goes on with a run
/// that was only enlisted.
final class DetachedFlow {
  private static final long PATIENCE_MILLIS = 15_000;
  private static final long LOOK_MILLIS = 20;

  private DetachedFlow() {}

  static ExitCode start(
      FlowRecordPlace place, Optional<String> answer, boolean json, Console console)
      throws IOException, InterruptedException {
    var folder = place.folder().resolve("proc");
    var command = List.of("flow", "resume", place.runId(), "--json");
    var argv = SelfCommand.argv(command.toArray(String[]::new));
    answer.ifPresent(words -> argv.addAll(List.of("--approve", words)));
    var caller = console.caller();
    var job =
        new Supervisor.Job(argv, console.directory(), caller.environment(), Path.of("/dev/null"));
    Supervisor.start(folder, job);
    await(place, folder);
    if (json) {
      console.print(Json.Obj.empty().with("runId", place.runId()).with("status", "running"));
    } else {
      console.print(
          place.runId() + " works in the background: adw flow runs " + place.runId() + " shows it");
    }
    return ExitCode.DONE;
  }

  /// Until it holds its run, so that nobody takes it for one whose process died.
  private static void await(FlowRecordPlace place, Path folder)
      throws IOException, InterruptedException {
    for (var waited = 0L; waited < PATIENCE_MILLIS; waited += LOOK_MILLIS) {
      if (place.isAlive() || SupervisedProcess.look(folder) instanceof SupervisedProcess.Exited) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new CliException(
        ExitCode.FAILED, place.runId() + ": did not start (" + folder + "/stderr.log tells why)");
  }
}
