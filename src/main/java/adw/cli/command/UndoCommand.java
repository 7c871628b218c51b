package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.NoticeListener;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.git.CreateResult;
import adw.git.NewWorktree;
import adw.json.Json;
import adw.task.file.FileVersion;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "undo",
    description = {
      "take back the last clean: its worktrees are made again from their branches",
      "With --file, bring back lines of an earlier version of the task file."
    },
    footer = {
      "",
      "Example: adw undo --file       (lists versions; adw undo --file 2 restores one)"
    })
public final class UndoCommand extends PicocliCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  @Option(
      names = "--file",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "0",
      description = "the N-th last version of the task file; without N they are listed")
  Optional<Integer> version = Optional.empty();

  @Option(names = "--json", description = "with --file: the versions as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    if (json && version.filter(number -> number == 0).isEmpty()) {
      throw new CliException(
          ExitCode.USAGE, "undo: --json lists versions (adw undo --file --json)");
    }
    var project = Project.find(console);
    try (var opened = open(project, console)) {
      if (version.isPresent()) {
        restoreFile(opened, version.get(), console);
      } else {
        restoreWorktrees(opened, console);
      }
    }
    return ExitCode.DONE;
  }

  private OpenProject open(Project project, Console console)
      throws IOException, InterruptedException {
    var isGone = version.isPresent() && project.isTaskFileGone();
    return isGone
        ? OpenProject.openToRestore(project, console.caller(), new NoticeListener(console))
        : OpenProject.open(project, console.caller(), new NoticeListener(console));
  }

  private static void restoreWorktrees(OpenProject opened, Console console)
      throws IOException, InterruptedException {
    var removals = new RemovalLog(opened.project());
    var last = removals.findLast();
    if (last.isEmpty()) {
      console.print("nothing to take back");
      return;
    }
    for (var removal : last.get()) {
      var wanted = NewWorktree.shared(removal.worktree(), removal.branch(), removal.start());
      switch (opened.repository().create(wanted)) {
        case CreateResult.Made(var worktree, var warning) -> {
          console.print("made " + worktree.folder() + " again");
          warning.ifPresent(console::warn);
        }
        case CreateResult.Refused(var why) -> console.warn(removal.worktree() + ": " + why);
      }
    }
    removals.dropLast();
  }

  private void restoreFile(OpenProject opened, int number, Console console)
      throws IOException, InterruptedException {
    var versions = opened.file().locked(session -> session.versions());
    if (json) {
      console.print(toJson(opened.project(), versions));
      return;
    }
    if (opened.file().locked(session -> session.tryBringBack())) {
      console.print(
          opened.project().taskFileName() + " was gone: the last text that adw saw is back");
      if (number == 0) {
        return;
      }
    }
    if (number == 0) {
      list(versions, console);
      return;
    }
    if (number > versions.size()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "undo: there are only " + versions.size() + " versions (adw undo --file lists them)");
    }
    opened
        .file()
        .locked(session -> {
          ArchiveCommand.document(session);
          return session.restore(versions.get(number - 1));
        });
    console.print("the lines of version " + number + " are back, with the marks that are true now");
  }

  private static Json.Obj toJson(Project project, List<FileVersion> versions) {
    var all = new ArrayList<Json>();
    for (var i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      all.add(
          Json.Obj.empty()
              .with("number", i + 1)
              .with("replacedAt", version.replacedAt().toString())
              .with("bytes", version.size())
              .with("path", version.path().toString()));
    }
    return Json.Obj.empty()
        .with("file", project.taskFileName())
        .with("versions", new Json.Arr(all));
  }

  private static void list(List<FileVersion> versions, Console console) {
    for (var i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      var time = TIME.format(version.replacedAt().atZone(console.caller().zone()));
      console.print("%3d  %s  %d bytes".formatted(i + 1, time, version.size()));
    }
    if (versions.isEmpty()) {
      console.print("no earlier version is kept yet");
    }
  }
}
