package adw.cli.command;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.os.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "pause",
    description = "start nothing new; what runs goes on",
    footer = {"", "Example: adw pause --why 'release until noon'"})
public final class PauseCommand extends PicocliCommand {
  @Option(names = "--why", paramLabel = "TEXT", description = "shown by adw status")
  String why = "";

  @Override
  public ExitCode run(Console console) throws IOException {
    var state = Project.findAnyhow(console).state();
    state.createRoot();
    DurableFiles.replace(state.paused(), (why + "\n").getBytes(StandardCharsets.UTF_8));
    console.print("paused: nothing new starts (adw resume)");
    return ExitCode.DONE;
  }
}
