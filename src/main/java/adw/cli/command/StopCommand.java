package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.NoticeListener;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.daemon.DaemonControl;
import adw.daemon.StopResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "stop",
    description = "end every run with all its processes within 12 seconds; all work is kept",
    footer = {"", "Example: adw stop     (works without a daemon too)"})
public final class StopCommand extends PicocliCommand {
  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.queue(console);
    try (var opened = OpenProject.toStop(project, console.caller(), new NoticeListener(console))) {
      var stopped = new DaemonControl(opened.context()).stop();
      console.print(ended(stopped));
      mustBeWhole(stopped);
    }
    return ExitCode.DONE;
  }

  /// Refuses where something lives on, or somebody keeps its end from being written down.
  static void mustBeWhole(StopResult stopped) {
    if (!stopped.isWhole()) {
      throw new CliException(ExitCode.REFUSED, rest(stopped));
    }
  }

  private static String ended(StopResult stopped) {
    var runs = stopped.ended().size() + stopped.unmarked().size();
    if (runs > 0) {
      return runs + (runs == 1 ? " run" : " runs") + " ended, all work is kept";
    }
    if (stopped.left() > 0) {
      return "adw run has left; no task was running";
    }
    return stopped.living().isEmpty() ? "nothing was running" : "no run has ended";
  }

  private static List<String> rest(StopResult stopped) {
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
