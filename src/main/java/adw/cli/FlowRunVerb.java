package adw.cli;

import adw.agent.KeptPrompts;
import adw.flow.Approver;
import adw.flow.Arguments;
import adw.flow.Engine;
import adw.flow.Finding;
import adw.flow.Flow;
import adw.run.ApprovalAnswer;
import adw.run.Json;
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
final class FlowRunVerb extends FlowCommand {
  @Parameters(index = "0", paramLabel = "NAME|FILE", description = "a saved flow, or a file")
  String name = "";

  @Parameters(index = "1..*", paramLabel = "k=v", description = "its arguments")
  List<String> pairs = List.of();

  @Option(names = "--args", paramLabel = "JSON", description = "its arguments as one object")
  Optional<String> args = Optional.empty();

  @Option(
      names = "--approve",
      paramLabel = "ANSWER",
      description = "answers every approval: approve, reject:WHY or edit:NOTE")
  Optional<String> answer = Optional.empty();

  @Option(names = "--json", description = "one JSON object in the end, nobody is asked")
  boolean json;

  @Option(
      names = "--detach",
      description =
          "in the background; nobody is asked: approvals are rejected, or as --approve says")
  boolean detach;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    Kindling.light(console.caller());
    var finder = FlowFinder.find(console);
    var read = finder.read(name);
    try (var _ = KeptPrompts.use();
        var interruption = Interruption.watch();
        var showing = new FlowShowing(console, json, answer.map(FlowRunVerb::decided))) {
      if (read.flow().isEmpty()) {
        return refuse(read.findings(), finder, console);
      }
      var given = arguments(read.flow());
      var place = finder.shelf().runs().create(read.flow().get(), console.caller().clock());
      var engine = FlowSession.open(finder, place, showing);
      var prepared = engine.prepare(read, given);
      if (prepared instanceof Engine.Prepared.Refused(var findings)) {
        return refuse(findings, finder, console);
      }
      var ready = (Engine.Prepared.Ready) prepared;
      if (detach) {
        engine.enlist(ready, place);
        return FlowDetached.start(place, answer, json, console);
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
            Arguments.parse(
                String.join(" ", pairs.stream().map(FlowRunVerb::quoted).toList()), known))
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

  private ExitCode refuse(List<Finding> findings, FlowFinder finder, Console console) {
    if (json) {
      var error =
          String.join(
              "\n", findings.stream().filter(Finding::isError).map(finder.care()::text).toList());
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
