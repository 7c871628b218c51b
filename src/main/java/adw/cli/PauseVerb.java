package adw.cli;

import adw.os.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "pause",
    description = "start nothing new; what runs goes on",
    footer = {"", "Example: adw pause --why 'release until noon'"})
final class PauseVerb extends Verb {
  @Option(names = "--why", paramLabel = "TEXT", description = "shown by adw status")
  String why = "";

  @Override
  public ExitCode run(Console console) throws IOException {
    var state = Project.findAnyhow(console).state();
    state.createRoot();
    Durable.replace(state.paused(), (why + "\n").getBytes(StandardCharsets.UTF_8));
    console.print("paused: nothing new starts (adw resume)");
    return ExitCode.DONE;
  }
}
