package adw.cli.command;

import adw.cli.console.Caller;
import adw.cli.console.CliException;
import adw.cli.console.ExitCode;
import adw.cli.project.Reference;
import adw.run.Request;
import adw.run.Run;
import picocli.CommandLine.Command;

@Command(
    name = "retry",
    description = "run a task again from the start, under a new id; the old branch stays",
    footer = {"", "Example: adw retry 1a2b     (the same as writing [retry] in the file)"})
public final class RetryCommand extends RequestCommand {
  @Override
  Request request(Run run, Caller caller) {
    return new Request.Retry(run.id());
  }

  @Override
  void check(Run run) {
    mustHaveEnded(run);
  }

  @Override
  void checkLine(Reference target) {
    if (target.isFileRead() && target.task().isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          target.where() + ": its line is not in the task file (write it there as a new task)");
    }
  }

  @Override
  String done(Run run) {
    return "the task of " + run.id() + " is pending again";
  }
}
