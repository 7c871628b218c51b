package adw.cli;

import adw.daemon.Control;
import adw.run.Request;
import adw.run.Requests;
import adw.run.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// A wish about one run or several: the daemon carries it out, or, where none lives, the command
/// itself.
abstract class RequestVerb extends Verb {
  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "runs or tasks: hex digits of the id, {#name}, branch, tasks.md:12")
  List<String> ids = new ArrayList<>();

  abstract Request request(Run run, Caller caller);

  /// What a person reads once it is under way, `{}` being the run.
  abstract String done();

  /// Refuses what makes no sense for a run that stands like this.
  abstract void check(Run run);

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.find(console);
    var runs = new ArrayList<Run>();
    for (var id : ids) {
      var run = Target.find(project, id).needRun();
      check(run);
      runs.add(run);
    }
    carryOut(project, runs, console);
    for (var run : runs) {
      console.print(done().replace("{}", run.id()));
    }
    return ExitCode.DONE;
  }

  private void carryOut(Project project, List<Run> runs, Console console)
      throws IOException, InterruptedException {
    try (var workshop = Workshop.open(project, console.caller(), new Notices(console))) {
      var requests = new Requests(project.state());
      for (var run : runs) {
        var request = request(run, console.caller());
        requests.send(
            request, console.caller().clock().instant(), workshop.site().world().random());
      }
      new Control(workshop.site()).carryOutRequests();
    }
  }

  static void mustHaveEnded(Run run) {
    if (!run.hasEnded()) {
      throw new CliException(
          ExitCode.REFUSED,
          run.id() + ": has not ended (adw cancel " + run.id().substring(4) + " ends it)");
    }
  }

  static void mustNotHaveEnded(Run run) {
    if (run.hasEnded()) {
      var word = run.outcome().map(outcome -> outcome.word()).orElse("over");
      throw new CliException(ExitCode.REFUSED, run.id() + ": has ended already, " + word);
    }
  }

  /// Who asks, for the record.
  static String by(Caller caller) {
    return caller.environment().getOrDefault("USER", "the terminal");
  }
}
