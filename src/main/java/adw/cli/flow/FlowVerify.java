package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.flow.definition.CheckedFlow;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFolders;
import adw.json.Json;
import adw.text.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = "everything that is wrong with flows, before they spend anything",
    footer = {"", "Example: adw flow verify     (exit code 5: something must be mended)"})
public final class FlowVerify extends FlowCommand {
  @Parameters(
      paramLabel = "NAME|FILE",
      arity = "0..*",
      description = "saved flows or files; without one all saved flows")
  List<String> names = List.of();

  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var finder = FlowFinder.find(console);
    var care = finder.care();
    var findings = new ArrayList<FlowFinding>();
    for (var read : flows(finder)) {
      findings.addAll(care.findings(read));
    }
    var errors = findings.stream().filter(FlowFinding::isError).count();
    if (json) {
      console.print(
          Json.Obj.empty()
              .with("findings", new Json.Arr(findings.stream().map(FlowVerify::toJson).toList())));
    } else {
      findings.forEach(finding ->
          console.print(
              (finding.isError() ? "" : "warning: ") + PlainText.line(care.text(finding))));
      console.note(
          findings.isEmpty()
              ? "nothing to mend"
              : errors + " to mend, " + (findings.size() - errors) + " to consider");
    }
    return errors > 0 ? ExitCode.BAD_INPUT : ExitCode.DONE;
  }

  private List<CheckedFlow> flows(FlowFinder finder) throws IOException {
    if (names.isEmpty()) {
      return finder.shelf().flows().list().stream().map(FlowFolders.Entry::flow).toList();
    }
    var flows = new ArrayList<CheckedFlow>();
    for (var name : names) {
      flows.add(finder.read(name));
    }
    return flows;
  }

  private static Json toJson(FlowFinding finding) {
    return Json.Obj.empty()
        .with("file", finding.file().map(Path::toString))
        .with("line", finding.line())
        .with("phase", finding.phase())
        .with("rule", finding.rule().word())
        .with("severity", finding.isError() ? "error" : "warning")
        .with("what", finding.what())
        .with("cure", finding.cure());
  }
}
