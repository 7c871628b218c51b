package adw.cli;

import adw.run.Request;
import adw.run.Run;
import picocli.CommandLine.Command;

@Command(
    name = "retry",
    description = "run a task again from the start, under a new id; the old branch stays",
    footer = {"", "Example: adw retry 1a2b     (the same as writing [retry] in the file)"})
final class RetryVerb extends RequestVerb {
  @Override
  Request request(Run run, Caller caller) {
    return new Request.Retry(run.id());
  }

  @Override
  void check(Run run) {
    mustHaveEnded(run);
  }

  @Override
  String done() {
    return "the task of {} is pending again";
  }
}
