package adw.cli.command;

import adw.cli.console.Caller;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.run.ApprovalAnswer;
import adw.run.Request;
import adw.run.Run;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "answer",
    description = "go on with a run that asks: same branch, same worktree, with these words",
    footer = {"", "Example: adw answer 1a2b 'a comma'     (or write \"> a comma\" below the line)"})
public final class AnswerCommand extends RequestCommand {
  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "what the run is told; without -m the last word of the command")
  String text = "";

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    if (text.isEmpty() && ids.size() > 1) {
      text = ids.removeLast();
    }
    if (text.isBlank()) {
      throw new CliException(
          ExitCode.USAGE, "answer: no words for the run (adw answer " + ids.getFirst() + " 'yes')");
    }
    return super.run(console);
  }

  @Override
  Request request(Run run, Caller caller) {
    return new Request.Continue(run.id(), text, caller.user());
  }

  @Override
  void check(Run run) {
    if (run.stage().asksForApproval()) {
      mustBeClear(run, ApprovalAnswer.parse(text), text);
    } else if (run.place().isEmpty()) {
      throw new CliException(ExitCode.REFUSED, run.id() + ": never got a worktree (adw retry)");
    }
  }

  @Override
  String done(Run run) {
    var isNo =
        run.stage().asksForApproval() && ApprovalAnswer.parse(text) instanceof ApprovalAnswer.No;
    return run.id() + (isNo ? " is rejected" : " goes on with your answer");
  }
}
