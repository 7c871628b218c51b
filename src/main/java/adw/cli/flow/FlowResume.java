package adw.cli.flow;

import adw.agent.program.PromptFolder;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.console.Interruption;
import adw.flow.run.FlowRuns;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = "go on with a run: what is done stays done, the rest is done now",
    footer = {"", "Example: adw flow resume triage-k2x9-1a2b3c"})
public final class FlowResume extends FlowCommand {
  @Parameters(paramLabel = "ID", description = "adw flow runs lists them")
  String id = "";

  @Option(
      names = "--approve",
      paramLabel = "ANSWER",
      description = "answers every approval: approve, reject:WHY or edit:NOTE")
  Optional<String> answer = Optional.empty();

  @Option(names = "--json", description = "one JSON object in the end, nobody is asked")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var finder = FlowFinder.find(console);
    var place = finder.shelf().runs().find(id);
    try (var _ = PromptFolder.use();
        var interruption = Interruption.watch();
        var showing = new FlowDisplay(console, json, answer.map(FlowRunCommand::decided))) {
      FlowRuns.read(place).flow().flow().ifPresent(showing::begin);
      var engine = FlowSession.open(finder, place, showing);
      return FlowSession.report(
          engine.resume(place, interruption.stop()), place, showing, json, console);
    }
  }
}
