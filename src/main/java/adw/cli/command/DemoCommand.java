package adw.cli.command;

import adw.cli.console.Caller;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.console.ProgramEntry;
import adw.os.TextFile;
import adw.os.process.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "demo",
    description =
        "a throw-away repository with shell tasks, worked before your eyes; no agent, no account",
    footer = {"", "Example: adw demo"})
public final class DemoCommand extends PicocliCommand {
  private static final String TASKS =
      """
      # A day's work

      [] `sleep 2; printf '%s\\n' 'to be sorted' > notes.txt` #sh {#notes}
      [⏰ notes] `sort notes.txt > sorted.txt` #sh
      [] `sleep 1; make -C engine` #sh
      [] `sleep 3; echo 'Hello, world!' > greeting.txt` #sh
      [] `sleep 1; echo 'Good evening, world!' > greeting.txt` #sh

      ## Git Worktree docs

      [] `echo '# Manual' > manual.md` #sh
      [⏰] `echo 'Read the notes.' >> manual.md` #sh
      """;

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description = "make it there instead of in a temporary folder")
  String folder = "";

  private final ProgramEntry program;

  public DemoCommand(ProgramEntry program) {
    this.program = program;
  }

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var place = create(console);
    console.print("a repository in " + place + ", with this tasks.md:");
    console.print("");
    TASKS.lines().forEach(line -> console.print("    " + line));
    console.print("");
    var code = program.run(caller(console, place), "run", "--until-idle");
    console.print("");
    TextFile.read(place.resolve("tasks.md")).lines().forEach(line -> console.print("    " + line));
    console.print("");
    console.print(
        "each done line is a commit on a branch; two of them wrote greeting.txt, one failed and"
            + " says why");
    console.print(
        "look: cd "
            + place
            + " && git log --oneline --graph --all     adw status     adw show docs");
    return code == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Path create(Console console) throws IOException, InterruptedException {
    var place =
        folder.isEmpty()
            ? Files.createTempDirectory("adw-demo-")
            : console.directory().resolve(folder);
    if (Files.exists(place.resolve(".git"))) {
      throw new CliException(
          ExitCode.REFUSED, place + ": is a repository already (--in a new folder)");
    }
    Files.createDirectories(place);
    Files.writeString(place.resolve("README.md"), "# demo\n", StandardCharsets.UTF_8);
    git(console, place, "init", "-q", "-b", "main");
    git(console, place, "config", "user.name", "adw demo");
    git(console, place, "config", "user.email", "demo@example.org");
    git(console, place, "add", "README.md");
    git(console, place, "commit", "-qm", "first");
    Files.writeString(place.resolve("tasks.md"), TASKS, StandardCharsets.UTF_8);
    Files.writeString(
        place.resolve("adw.toml"),
        "[trigger]\nsettle = \"0s\"\n[worktree]\nfetch = false\n",
        StandardCharsets.UTF_8);
    Files.writeString(
        place.resolve(".git/info/exclude"),
        "/tasks.md\n/adw.toml\n/trees/\n",
        StandardCharsets.UTF_8);
    return place;
  }

  private static void git(Console console, Path place, String... args)
      throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(args));
    var environment = new HashMap<>(console.caller().environment());
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    var finished = new Command(argv, place, environment, Duration.ofSeconds(30)).run();
    if (!finished.succeeded()) {
      throw new CliException(
          ExitCode.FAILED, String.join(" ", argv) + ": " + finished.lastErrorLine());
    }
  }

  private static Caller caller(Console console, Path place) {
    var caller = console.caller();
    return new Caller(
        place,
        caller.environment(),
        caller.in(),
        caller.out(),
        caller.err(),
        caller.screen(),
        caller.clock(),
        caller.timeZone());
  }
}
