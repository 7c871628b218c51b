package adw.cli;

import adw.daemon.Control;
import adw.daemon.Stopped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "stop",
    description = "end every run with all its processes within 12 seconds; all work is kept",
    footer = {"", "Example: adw stop     (works without a daemon too)"})
final class StopVerb extends Verb {
  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.queue(console);
    try (var workshop = Workshop.toStop(project, console.caller(), new Notices(console))) {
      var stopped = new Control(workshop.site()).stop();
      console.print(ended(stopped));
      mustBeWhole(stopped);
    }
    return ExitCode.DONE;
  }

  /// Refuses where something lives on, or somebody keeps its end from being written down.
  static void mustBeWhole(Stopped stopped) {
    if (!stopped.isWhole()) {
      throw new CliException(ExitCode.REFUSED, rest(stopped));
    }
  }

  private static String ended(Stopped stopped) {
    var runs = stopped.ended().size() + stopped.unmarked().size();
    if (runs > 0) {
      return runs + (runs == 1 ? " run" : " runs") + " ended, all work is kept";
    }
    if (stopped.left() > 0) {
      return "adw run has left; no task was running";
    }
    return stopped.living().isEmpty() ? "nothing was running" : "no run has ended";
  }

  private static List<String> rest(Stopped stopped) {
    var rest = new ArrayList<String>();
    stopped.living().forEach(id -> rest.add(id + ": still has processes (adw show " + id + ")"));
    stopped
        .holders()
        .forEach(holder -> rest.add(holder + " does not answer; end it, then adw stop again"));
    stopped
        .unmarked()
        .forEach(id -> rest.add(id + ": was ended, the task file does not show it yet"));
    return rest;
  }
}
