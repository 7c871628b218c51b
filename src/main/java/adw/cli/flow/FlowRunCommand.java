package adw.cli.flow;

import adw.agent.program.PromptFolder;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.console.Interruption;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowArguments;
import adw.flow.definition.FlowFinding;
import adw.flow.run.Approver;
import adw.flow.run.FlowEngine;
import adw.json.Json;
import adw.run.ApprovalAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "run a flow here and now, outside a task",
      "It works in the current folder; adw tf:NAME k=v is short for it."
    },
    footer = {"", "Example: adw flow run triage dir=src    or: adw tf:triage dir=src"})
public final class FlowRunCommand extends FlowCommand {
  @Parameters(index = "0", paramLabel = "NAME|FILE", description = "a saved flow, or a file")
  public String name = "";

  @Parameters(index = "1..*", paramLabel = "k=v", description = "its arguments")
  public List<String> pairs = List.of();

  @Option(names = "--args", paramLabel = "JSON", description = "its arguments as one object")
  Optional<String> args = Optional.empty();

  @Option(
      names = "--approve",
      paramLabel = "ANSWER",
      description = "answers every approval: approve, reject:WHY or edit:NOTE")
  public Optional<String> answer = Optional.empty();

  @Option(names = "--json", description = "one JSON object in the end, nobody is asked")
  public boolean json;

  @Option(
      names = "--detach",
      description =
          "in the background; nobody is asked: approvals are rejected, or as --approve says")
  boolean detach;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var finder = FlowFinder.find(console);
    var read = finder.read(name);
    try (var _ = PromptFolder.use();
        var interruption = Interruption.watch();
        var showing = new FlowDisplay(console, json, answer.map(FlowRunCommand::decided))) {
      if (read.flow().isEmpty()) {
        return refuse(read.findings(), finder, console);
      }
      var given = arguments(read.flow());
      var place = finder.shelf().runs().create(read.flow().get(), console.caller().clock());
      var engine = FlowSession.open(finder, place, showing);
      var prepared = engine.prepare(read, given);
      if (prepared instanceof FlowEngine.Prepared.Refused(var findings)) {
        return refuse(findings, finder, console);
      }
      var ready = (FlowEngine.Prepared.Ready) prepared;
      if (detach) {
        engine.enlist(ready, place);
        return DetachedFlow.start(place, answer, json, console);
      }
      showing.begin(ready.flow());
      return FlowSession.report(
          engine.run(ready, place, interruption.stop()), place, showing, json, console);
    }
  }

  private Json.Obj arguments(Optional<Flow> flow) {
    if (args.isPresent()) {
      return Json.parseObject(args.get());
    }
    return flow.map(known ->
            FlowArguments.parse(
                String.join(" ", pairs.stream().map(FlowRunCommand::quoted).toList()), known))
        .orElse(Json.Obj.empty());
  }

  /// The shell has taken the quotes away.
  private static String quoted(String pair) {
    var equals = pair.indexOf('=');
    return equals > 0 && pair.matches("(?s).*\\s.*")
        ? pair.substring(0, equals + 1)
            + '"'
            + pair.substring(equals + 1).replace("\\", "\\\\").replace("\"", "\\\"")
            + '"'
        : pair;
  }

  private ExitCode refuse(List<FlowFinding> findings, FlowFinder finder, Console console) {
    if (json) {
      var error =
          String.join(
              "\n",
              findings.stream().filter(FlowFinding::isError).map(finder.care()::text).toList());
      console.print(Json.Obj.empty().with("status", "invalid").with("error", error));
      return ExitCode.BAD_INPUT;
    }
    throw finder.wrong(findings);
  }

  static Approver.Answer decided(String typed) {
    if (ApprovalAnswer.parse(typed) instanceof ApprovalAnswer.Decision decision) {
      return new Approver.Answer.Given(decision, Optional.empty());
    }
    throw new CliException(
        ExitCode.USAGE, "--approve " + typed + ": say " + ApprovalAnswer.CHOICES);
  }
}
