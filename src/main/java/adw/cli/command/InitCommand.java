package adw.cli.command;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.BuiltInFiles;
import adw.cli.project.ExcludeFile;
import adw.cli.project.FirstRunConsent;
import adw.cli.project.Project;
import adw.git.Repository;
import adw.git.config.GitEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description = {
      "make a tasks.md here, and keep it out of git's sight",
      "Nothing that is there is changed. What else would help here is said, with reasons."
    },
    footer = {"", "Example: adw init && $EDITOR tasks.md"})
public final class InitCommand extends PicocliCommand {
  /// No line of it is a task.
  public static final String CHEAT_SHEET =
      """
      # Tasks

      A line that begins with square brackets is a task. Write one below, save, and `adw run` does the rest.

      - at once: `[] add a login page`; the lines indented below a task belong to it
      - after all tasks above it: `[⏰] write its tests`; after some of them: `[⏰ api, docs]`, named `{#api}`
      - at a time: `[⏰ 22:00] …`, again and again: `[⏰ mon-fri 07:30] …`
      - a shell command, no agent: `[] #sh` with the command as code, or a block of it below
      - adw writes: `[🟡, id]` in progress, `[✅ commit, id]` done, `[❌, id] … // why` failed, `[❓, id]` asks you
      - you write: `[retry]` again, `[⊘]` do not, a line `> text` below and `[]` answers or sends it back
      - several tasks on one branch: a heading `## Git Worktree NAME`; not yet: a heading `## Later`

      ## To do

      """;

  @Option(
      names = "--tracked",
      description = "leave tasks.md in git's sight, for who wants to commit it")
  boolean tracked;

  @Option(
      names = "--workflows",
      description = "copy the built-in workflows and their prompts to adws/, to be edited")
  boolean workflows;

  @Override
  public ExitCode run(Console console) throws IOException {
    var project = Project.here(console);
    writeTasks(project, console);
    exclude(project, console);
    FirstRunConsent.known(project);
    if (workflows) {
      copyWorkflows(project, console);
    }
    for (var proposal : InitProposal.of(project, console.caller().environment())) {
      console.print(console.paint().bold("consider: ") + proposal.what());
      console.print("          " + proposal.why());
    }
    console.print("next: write a task in " + shown(project, console) + ", then adw run");
    return ExitCode.DONE;
  }

  private static void writeTasks(Project project, Console console) throws IOException {
    var shown = shown(project, console);
    if (Files.exists(project.taskFile(), LinkOption.NOFOLLOW_LINKS)) {
      project.needTaskFile();
      console.print(shown + " is there already: left as it is");
      return;
    }
    Files.writeString(
        project.taskFile(), CHEAT_SHEET, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    console.print("wrote " + shown + ", how to write tasks is in it");
  }

  /// By its whole path where it lies elsewhere than somebody who sees only its name would think.
  private static String shown(Project project, Console console) throws IOException {
    var isHere = project.root().toRealPath().equals(console.directory().toRealPath());
    return isHere ? project.taskFileName() : project.taskFile().toString();
  }

  private static void copyWorkflows(Project project, Console console) throws IOException {
    var copied = new BuiltInFiles(project.root().resolve("adws")).copy();
    for (var file : copied.written()) {
      console.print("wrote " + project.root().relativize(file));
    }
    for (var file : copied.left()) {
      console.print(project.root().relativize(file) + " is there already: left as it is");
    }
  }

  /// git does not see what lies in `info/exclude`; unlike `.gitignore` it is nobody else's
  /// business.
  private void exclude(Project project, Console console) throws IOException {
    var wanted = new ArrayList<String>();
    if (!tracked && !isTracked(project, console)) {
      wanted.add("/" + project.taskFileName());
      wanted.add("/" + project.root().relativize(project.archive()));
    }
    wanted.addAll(ExcludeFile.treesOf(project));
    var file = ExcludeFile.of(project);
    var added = file.add(wanted);
    if (!added.isEmpty()) {
      console.print(
          "git does not see " + String.join(" ", added) + " (" + place(project, file.path()) + ")");
    }
  }

  private static String place(Project project, Path file) {
    return file.startsWith(project.root())
        ? project.root().relativize(file).toString()
        : file.toString();
  }

  private static boolean isTracked(Project project, Console console) throws IOException {
    var surroundings = new GitEnvironment(console.caller().environment(), console.caller().clock());
    try (var repository = Repository.open(project.root(), surroundings)) {
      return repository.moment(project.taskFile()).isTracked();
    }
  }
}
