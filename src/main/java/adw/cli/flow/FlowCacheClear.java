package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "cache-clear", description = "forget all results that later runs could use again")
public final class FlowCacheClear extends FlowCommand {
  @Override
  public ExitCode run(Console console) throws IOException {
    var cache = FlowFinder.find(console).shelf().cache(console.caller().clock());
    console.print(cache.clear() + " results forgotten");
    return ExitCode.DONE;
  }
}
