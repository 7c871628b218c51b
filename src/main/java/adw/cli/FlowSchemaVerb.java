package adw.cli;

import adw.flow.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "schema",
    description = "the JSON Schema of flows, so that editors complete and check them",
    footer = {"", "Example: adw flow schema > adws/flow.schema"})
final class FlowSchemaVerb extends FlowCommand {
  @Option(names = "--json", description = "the same: a schema is JSON")
  boolean json;

  @Override
  public ExitCode run(Console console) {
    console.print(Schema.create());
    return ExitCode.DONE;
  }
}
