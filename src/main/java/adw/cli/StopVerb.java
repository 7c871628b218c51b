package adw.cli;

import adw.daemon.Control;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "stop",
    description = "end every run with all its processes within 12 seconds; all work is kept",
    footer = {"", "Example: adw stop     (works without a daemon too)"})
final class StopVerb extends Verb {
  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.queue(console);
    try (var workshop = Workshop.open(project, console.caller(), new Notices(console))) {
      var ended = new Control(workshop.site()).stop();
      console.print(
          ended == 0
              ? "nothing was running"
              : ended + (ended == 1 ? " run" : " runs") + " ended, all work is kept");
    }
    return ExitCode.DONE;
  }
}
