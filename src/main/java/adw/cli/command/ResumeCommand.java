package adw.cli.command;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.daemon.DaemonControl;
import java.io.IOException;
import java.nio.file.Files;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    description = "go on after a pause",
    footer = {"", "Example: adw resume"})
public final class ResumeCommand extends PicocliCommand {
  @Override
  public ExitCode run(Console console) throws IOException {
    var project = Project.findAnyhow(console);
    var wasPaused = Files.deleteIfExists(project.state().paused());
    var wasStuck = DaemonControl.tryAgain(project.state());
    console.print(wasPaused || wasStuck ? "going on" : "was not paused");
    return ExitCode.DONE;
  }
}
