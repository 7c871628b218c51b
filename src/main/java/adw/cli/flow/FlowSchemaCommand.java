package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.flow.definition.FlowSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "schema",
    description = "the JSON Schema of flows, so that editors complete and check them",
    footer = {"", "Example: adw flow schema > adws/flow.schema"})
public final class FlowSchemaCommand extends FlowCommand {
  @Option(names = "--json", description = "the same: a schema is JSON")
  boolean json;

  @Override
  public ExitCode run(Console console) {
    console.print(FlowSchema.create());
    return ExitCode.DONE;
  }
}
