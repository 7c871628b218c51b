package adw.cli.command;

import adw.cli.console.Caller;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.NoticeListener;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.cli.project.Reference;
import adw.daemon.DaemonControl;
import adw.run.ApprovalAnswer;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.run.Run;
import adw.run.Stage;
import adw.text.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/// A wish about one run or several: the daemon carries it out, or, where none lives, the command
/// itself.
public abstract class RequestCommand extends PicocliCommand {
  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "runs or tasks: hex digits of the id, {#name}, branch, tasks.md:12")
  List<String> ids = new ArrayList<>();

  abstract Request request(Run run, Caller caller);

  /// What a person reads once it is under way.
  abstract String done(Run run);

  /// Refuses what makes no sense for a run that stands like this.
  abstract void check(Run run);

  /// Refuses what needs a line where there is none.
  void checkLine(Reference target) {}

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.findAnyhow(console);
    var runs = new ArrayList<Run>();
    for (var id : ids) {
      var target = Reference.find(project, id);
      var run = target.needRun();
      check(run);
      checkLine(target);
      runs.add(run);
    }
    var obstacle = carryOut(project, runs, console);
    var waiting = waiting(project);
    for (var run : runs) {
      if (!waiting.contains(run.id()) || obstacle.isEmpty()) {
        console.print(done(run));
      }
    }
    for (var daemon : DaemonControl.findSuspended(project.state())) {
      console.warn(daemon + " does nothing until then (or adw stop)");
    }
    return obstacle.isPresent() ? unwritten(obstacle.get(), waiting) : ExitCode.DONE;
  }

  /// The runs for which something is still to be done.
  private static Set<String> waiting(Project project) throws IOException {
    return new RequestFolder(project.state())
        .read().stream().map(pending -> pending.request().run()).collect(Collectors.toSet());
  }

  private static ExitCode unwritten(String obstacle, Set<String> waiting) {
    var rest =
        waiting.isEmpty()
            ? "; the line shows it when that is mended and adw run has looked"
            : "; the request waits until that is mended and adw run has looked";
    throw new CliException(ExitCode.BAD_INPUT, obstacle + rest);
  }

  private Optional<String> carryOut(Project project, List<Run> runs, Console console)
      throws IOException, InterruptedException {
    try (var opened = OpenProject.open(project, console.caller(), new NoticeListener(console))) {
      var requests = new RequestFolder(project.state());
      for (var run : runs) {
        var request = request(run, console.caller());
        requests.send(
            request, console.caller().clock().instant(), opened.context().world().random());
      }
      return new DaemonControl(opened.context()).carryOutRequests();
    }
  }

  static void mustHaveEnded(Run run) {
    if (!run.hasEnded()) {
      throw new CliException(
          ExitCode.REFUSED,
          run.id() + ": has not ended (adw cancel " + RunId.digits(run.id()) + " ends it)");
    }
  }

  static void mustNotHaveEnded(Run run) {
    if (run.hasEnded()) {
      var word = run.outcome().map(outcome -> outcome.word()).orElse("over");
      throw new CliException(ExitCode.REFUSED, run.id() + ": has ended already, " + word);
    }
  }

  /// An answer to an approval is one of three; a gate has nothing to edit.
  static void mustBeClear(Run run, ApprovalAnswer answer, String words) {
    var isGate = run.order().workflow().name().equals("approve");
    if (answer instanceof ApprovalAnswer.Unclear
        || (isGate && answer instanceof ApprovalAnswer.Edit)) {
      throw new CliException(
          ExitCode.USAGE,
          run.id()
              + " asks for approval, and '"
              + words
              + "' is no answer to that (say "
              + (isGate ? "yes, or no: why" : ApprovalAnswer.CHOICES)
              + ")");
    }
  }

  /// Who waits for approval, or was given it and has not gone on yet.
  static void mustAskForApproval(Run run) {
    mustNotHaveEnded(run);
    var isAnswered =
        run.stage() instanceof Stage.Waiting(_, var wait) && wait.why() == Stage.Wait.Why.ANSWERED;
    if (!run.stage().asksForApproval() && !isAnswered) {
      var cure =
          run.stage() instanceof Stage.Waiting
              ? "adw answer " + RunId.digits(run.id()) + " 'your words'"
              : "adw status shows who does";
      throw new CliException(
          ExitCode.REFUSED, run.id() + ": does not ask for approval (" + cure + ")");
    }
  }
}
