package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.flow.drawing.Mermaid;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "graph",
    description = "the graph of a flow as Mermaid, for documents",
    footer = {"", "Example: adw flow graph triage >> README.md"})
public final class FlowGraph extends FlowCommand {
  @Parameters(paramLabel = "NAME|FILE", description = "a saved flow, or a file")
  String name = "";

  @Option(names = "--text", description = "drawn with characters instead")
  boolean text;

  @Option(names = "--json", description = "phases and what each waits for, as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var flow = FlowFinder.find(console).need(name);
    if (json) {
      console.print(flow.graph());
      return ExitCode.DONE;
    }
    (text ? FlowPicture.of(flow) : Mermaid.of(flow, Map.of())).forEach(console::print);
    return ExitCode.DONE;
  }
}
