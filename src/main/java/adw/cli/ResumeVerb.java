package adw.cli;

import adw.daemon.Control;
import java.io.IOException;
import java.nio.file.Files;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    description = "go on after a pause",
    footer = {"", "Example: adw resume"})
final class ResumeVerb extends Verb {
  @Override
  public ExitCode run(Console console) throws IOException {
    var project = Project.findAnyhow(console);
    var wasPaused = Files.deleteIfExists(project.state().paused());
    var wasStuck = Control.tryAgain(project.state());
    console.print(wasPaused || wasStuck ? "going on" : "was not paused");
    return ExitCode.DONE;
  }
}
