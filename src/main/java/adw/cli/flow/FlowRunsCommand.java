package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.flow.drawing.GraphDrawing;
import adw.flow.run.FlowRuns;
import adw.json.Json;
import adw.text.PlainText;
import adw.text.TextWidth;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "recorded runs of flows, newest first; one of them drawn")
public final class FlowRunsCommand extends FlowCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  @Parameters(paramLabel = "[ID]", arity = "0..1", description = "the run to draw")
  String id = "";

  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var runs = FlowFinder.find(console).shelf().runs();
    var wanted = id.isEmpty() ? runs.list(console::warn) : List.of(FlowRuns.read(runs.find(id)));
    if (json) {
      console.print(
          Json.Obj.empty()
              .with("runs", new Json.Arr(wanted.stream().map(FlowRunsCommand::toJson).toList())));
    } else if (id.isEmpty()) {
      wanted.forEach(run -> console.print(line(run, console)));
    } else {
      wanted.forEach(run -> show(run, console));
    }
    return ExitCode.DONE;
  }

  private static String line(FlowRuns.Recorded run, Console console) {
    return TIME.format(run.created().atZone(console.caller().zone()))
        + "  "
        + TextWidth.fit(run.runId(), 40)
        + " "
        + run.status();
  }

  private static void show(FlowRuns.Recorded run, Console console) {
    run.graph(console.caller().clock().instant())
        .map(GraphDrawing::of)
        .orElse(List.of())
        .forEach(line -> console.print(PlainText.indentedLine(line)));
    run.finalOutput().ifPresent(console::print);
  }

  private static Json toJson(FlowRuns.Recorded run) {
    return Json.Obj.empty()
        .with("runId", run.runId())
        .with("flow", run.flowName())
        .with("status", run.status())
        .with("created", run.created().toString())
        .with("updated", run.updated().toString())
        .with("usd", Json.Num.of(run.usage().usd()))
        .with("finalOutput", run.finalOutput());
  }
}
