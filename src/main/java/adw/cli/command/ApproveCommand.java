package adw.cli.command;

import adw.cli.console.Caller;
import adw.run.ApprovalAnswer;
import adw.run.Request;
import adw.run.Run;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "approve",
    description = "let a task tagged #approve, or a run that asks for it, go on",
    footer = {"", "Example: adw approve 1a2b -m 'ship it'"})
public final class ApproveCommand extends RequestCommand {
  @Option(
      names = {"-m", "--note", "--message"},
      paramLabel = "TEXT",
      description = "is recorded")
  String note = "";

  @Option(
      names = "--edit",
      paramLabel = "TEXT",
      description = "go on, with this instead of what the flow asks about")
  Optional<String> edit = Optional.empty();

  @Override
  Request request(Run run, Caller caller) {
    if (edit.isPresent()) {
      return new Request.Continue(run.id(), "edit: " + edit.get(), caller.user());
    }
    return new Request.Approve(run.id(), note, caller.user());
  }

  @Override
  void check(Run run) {
    mustAskForApproval(run);
    edit.ifPresent(text -> mustBeClear(run, ApprovalAnswer.parse("edit: " + text), text));
  }

  @Override
  String done(Run run) {
    return run.id() + " is approved";
  }
}
