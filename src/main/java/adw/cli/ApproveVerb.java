package adw.cli;

import adw.run.Request;
import adw.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "approve",
    description = "let a task tagged #approve, or a run that asks for it, go on",
    footer = {"", "Example: adw approve 1a2b -m 'ship it'"})
final class ApproveVerb extends RequestVerb {
  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "is recorded")
  String note = "";

  @Override
  Request request(Run run, Caller caller) {
    return new Request.Approve(run.id(), note, by(caller));
  }

  @Override
  void check(Run run) {
    mustNotHaveEnded(run);
  }

  @Override
  String done() {
    return "{} is approved";
  }
}
