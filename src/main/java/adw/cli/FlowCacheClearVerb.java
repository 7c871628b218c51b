package adw.cli;

import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "cache-clear", description = "forget all results that later runs could use again")
final class FlowCacheClearVerb extends FlowCommand {
  @Override
  public ExitCode run(Console console) throws IOException {
    var cache = FlowFinder.find(console).shelf().cache(console.caller().clock());
    console.print(cache.clear() + " results forgotten");
    return ExitCode.DONE;
  }
}
