package adw.cli.command;

import adw.agent.program.ManualResume;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.cli.project.ProjectAgents;
import adw.cli.project.Reference;
import adw.flow.run.FlowRecordPlace;
import adw.flow.run.PhaseLines;
import adw.os.process.ForegroundProgram;
import adw.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "open",
    description = {
      "go into a run's worktree, or into its agent's session, and work there by hand",
      "Without an option: its path is printed."
    },
    footer = {"", "Example: cd \"$(adw open 1a2b)\"    or: adw open 1a2b --agent"})
public final class OpenCommand extends PicocliCommand {
  /// One of them.
  static final class Way {
    @Option(names = "--shell", description = "$SHELL, in the worktree")
    boolean shell;

    @Option(names = "--editor", description = "$VISUAL or $EDITOR, on the worktree")
    boolean editor;

    @Option(names = "--agent", description = "the agent's own screen, in the session it had")
    boolean agent;
  }

  @Parameters(paramLabel = "ID", description = "hex digits of the id, {#name}, branch, tasks.md:12")
  String id = "";

  @ArgGroup Way way = new Way();

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.find(console);
    var run = Reference.find(project, id).needRun();
    var worktree = worktree(run);
    if (way.agent) {
      return start(session(project, run, console), worktree, console);
    }
    if (way.editor) {
      return start(editor(console, worktree), worktree, console);
    }
    if (way.shell) {
      return start(List.of(variable(console, "SHELL", "/bin/sh")), worktree, console);
    }
    console.print(worktree.toString());
    return ExitCode.DONE;
  }

  private static Path worktree(Run run) {
    var folder = run.place().map(place -> place.worktree());
    if (folder.filter(Files::isDirectory).isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          run.id()
              + ": has no worktree (any more)"
              + run.place().map(place -> ", its branch is " + place.branch()).orElse("")
              + " (git worktree add)");
    }
    return folder.get();
  }

  private static List<String> editor(Console console, Path worktree) {
    var words = variable(console, "VISUAL", variable(console, "EDITOR", "vi"));
    var argv = new ArrayList<>(List.of(words.strip().split("\\s+")));
    argv.add(worktree.toString());
    return argv;
  }

  private static String variable(Console console, String name, String otherwise) {
    var value = console.caller().environment().getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }

  private static List<String> session(Project project, Run run, Console console)
      throws IOException {
    var place = new FlowRecordPlace(project.state().run(run.id()).resolve("flow"), run.id());
    var session =
        PhaseLines.findSession(place)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.NOT_FOUND, run.id() + ": no agent left a session (adw open --shell)"));
    var presets = new ProjectAgents(project, console.caller()).presets();
    return presets
        .find(session.agent())
        .flatMap(preset -> ManualResume.findArgv(preset, session.id()))
        .orElseThrow(() ->
            new CliException(
                ExitCode.REFUSED,
                session.agent()
                    + ": its sessions cannot be taken over (session "
                    + session.id()
                    + ")"));
  }

  private static ExitCode start(List<String> argv, Path worktree, Console console)
      throws IOException, InterruptedException {
    console.flush();
    var code = ForegroundProgram.run(argv, worktree, console.caller().environment());
    return code == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }
}
