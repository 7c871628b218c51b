package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.cli.project.Reference;
import adw.cli.project.RunLogs;
import adw.os.FolderWatch;
import adw.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    description = "a run's output: set-up, workflow and checks, in that order",
    footer = {"", "Example: adw logs -f 1a2b"})
public final class LogsCommand extends PicocliCommand {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int CHUNK = 1 << 16;

  @Parameters(paramLabel = "ID", description = "a run or a task")
  String id = "";

  @Option(
      names = {"-f", "--follow"},
      description = "go on until the run ends")
  boolean follow;

  @Option(names = "--json", description = "as one JSON object, of each log the last 1 MiB")
  boolean json;

  /// How much of each file is printed already.
  private final Map<Path, Long> printed = new HashMap<>();

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    if (json && follow) {
      throw new CliException(ExitCode.USAGE, "logs: --json shows what is there now (without -f)");
    }
    var project = Project.findAnyhow(console);
    var run = Reference.find(project, id).needRun();
    if (json) {
      console.print(LogTexts.of(run, RunLogs.of(project, run.id())));
      return ExitCode.DONE;
    }
    print(project, run, console);
    if (follow) {
      follow(project, run, console);
    }
    if (printed.isEmpty()) {
      console.note("no output yet");
    }
    return ExitCode.DONE;
  }

  private void follow(Project project, Run run, Console console)
      throws IOException, InterruptedException {
    try (var watch = FolderWatch.of(project.state().run(run.id()))) {
      var hasEnded = run.hasEnded();
      while (!hasEnded) {
        watch.await(LOOK);
        hasEnded = project.runs().read(run.id()).hasEnded();
        print(project, run, console);
      }
    }
  }

  private void print(Project project, Run run, Console console) throws IOException {
    for (var file : RunLogs.of(project, run.id())) {
      print(file, console);
    }
    console.flush();
  }

  /// What is new in a file; bytes go through as they are.
  private void print(Path file, Console console) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (var in = Files.newByteChannel(file)) {
      in.position(printed.getOrDefault(file, 0L));
      var chunk = java.nio.ByteBuffer.allocate(CHUNK);
      while (in.read(chunk) > 0) {
        console.caller().out().write(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
      printed.put(file, in.position());
    }
  }
}
