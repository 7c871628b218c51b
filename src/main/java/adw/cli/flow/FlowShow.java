package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.flow.definition.Flow;
import adw.text.PlainText;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "a flow: what it takes, and its graph")
public final class FlowShow extends FlowCommand {
  @Parameters(paramLabel = "NAME|FILE", description = "a saved flow, or a file")
  String name = "";

  @Option(names = "--json", description = "its definition, shorthand written out")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var flow = FlowFinder.find(console).need(name);
    if (json) {
      console.print(flow.origin().source());
      return ExitCode.DONE;
    }
    flow.description().ifPresent(about -> console.print(PlainText.line(about)));
    flow.args().forEach((key, argument) -> console.print("  " + key + "=… " + words(argument)));
    FlowPicture.of(flow).forEach(console::print);
    return ExitCode.DONE;
  }

  private static String words(Flow.Argument argument) {
    return PlainText.line(
        argument.type()
            + (argument.isRequired() ? ", required" : "")
            + argument.byDefault().map(value -> ", default " + value.write()).orElse("")
            + argument.description().map(about -> ": " + about).orElse(""));
  }
}
