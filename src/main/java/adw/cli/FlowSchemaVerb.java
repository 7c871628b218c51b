package adw.cli;

import adw.flow.Schema;
import picocli.CommandLine.Command;

@Command(
    name = "schema",
    description = "the JSON Schema of flows, so that editors complete and check them",
    footer = {"", "Example: adw flow schema > adws/flow.schema"})
final class FlowSchemaVerb extends FlowCommand {
  @Override
  public ExitCode run(Console console) {
    console.print(Schema.create());
    return ExitCode.DONE;
  }
}
