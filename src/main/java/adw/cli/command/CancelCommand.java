package adw.cli.command;

import adw.cli.console.Caller;
import adw.run.Request;
import adw.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "cancel",
    description = "end a run with all its processes; its work is kept",
    footer = {"", "Example: adw cancel 1a2b --why 'wrong branch'"})
public final class CancelCommand extends RequestCommand {
  @Option(names = "--why", paramLabel = "TEXT", description = "stands behind the line")
  String why = "cancelled by adw cancel";

  @Override
  Request request(Run run, Caller caller) {
    return new Request.Cancel(run.id(), why);
  }

  @Override
  void check(Run run) {
    mustNotHaveEnded(run);
  }

  @Override
  String done(Run run) {
    return run.id() + " is being ended; its work is kept (adw show " + run.id() + ")";
  }
}
