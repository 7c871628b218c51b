package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFolders;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    description = "keep a flow in adws/, where a tag finds it",
    footer = {
      "",
      "Example: adw flow save draft.json --name triage     (then: [] look into it #triage)"
    })
public final class FlowSave extends FlowCommand {
  @Parameters(paramLabel = "FILE", description = "the flow; - is standard input")
  String file = "";

  @Option(names = "--name", paramLabel = "NAME", description = "instead of the flow's own name")
  Optional<String> name = Optional.empty();

  @Option(names = "--yes", description = "replace one of that name")
  boolean yes;

  @Override
  public ExitCode run(Console console) throws IOException {
    var finder = FlowFinder.find(console);
    var text = text(console);
    var read = FlowFolders.parse(text);
    var findings =
        finder.care().findings(read).stream().map(finding -> placed(finding, console)).toList();
    if (findings.stream().anyMatch(FlowFinding::isError)) {
      throw finder.wrong(findings);
    }
    var flow = read.flow().orElseThrow(() -> finder.wrong(findings));
    var wanted = name.orElse(flow.name());
    var there = finder.shelf().flows().findFile(wanted);
    if (there.isPresent() && !yes) {
      console.confirm("flow save: " + there.get() + " is replaced");
    }
    var saved = finder.shelf().flows().save(wanted, definition(flow, wanted, text));
    console.print("saved " + saved + ": tag a task #" + wanted);
    return ExitCode.DONE;
  }

  private FlowFinding placed(FlowFinding finding, Console console) {
    return file.equals("-") ? finding : finding.in(console.directory().resolve(file));
  }

  private String text(Console console) throws IOException {
    return file.equals("-")
        ? new String(console.caller().in().readAllBytes(), StandardCharsets.UTF_8)
        : TextFile.read(console.directory().resolve(Path.of(file)));
  }

  /// As it was written, unless its name must change: then comments go.
  private static String definition(Flow flow, String wanted, String text) {
    return flow.name().equals(wanted) && text.strip().startsWith("{")
        ? text
        : flow.origin().source().with("name", wanted).writePretty();
  }
}
