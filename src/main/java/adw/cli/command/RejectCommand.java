package adw.cli.command;

import adw.cli.console.Caller;
import adw.run.Request;
import adw.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reject",
    description = "say no to a task tagged #approve, or to a run that asks",
    footer = {"", "Example: adw reject 1a2b --why 'not before the release'"})
public final class RejectCommand extends RequestCommand {
  @Option(
      names = {"--why", "-m", "--note"},
      paramLabel = "TEXT",
      description = "is recorded and shown")
  String why = "";

  @Override
  Request request(Run run, Caller caller) {
    return new Request.Reject(run.id(), why, caller.user());
  }

  @Override
  void check(Run run) {
    mustAskForApproval(run);
  }

  @Override
  String done(Run run) {
    return run.id() + " is rejected";
  }
}
