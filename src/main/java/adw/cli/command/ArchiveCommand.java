package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.NoticeListener;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.run.Run;
import adw.status.MergedRuns;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.TaskFileException;
import adw.task.file.FileReading;
import adw.task.file.LockedTaskFile;
import adw.text.Durations;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "archive",
    description =
        "move lines that are over to tasks.done.md: merged, cancelled, done without a commit",
    footer = {"", "Example: adw archive --older 7d"})
public final class ArchiveCommand extends PicocliCommand {
  @Option(
      names = "--older",
      paramLabel = "TIME",
      description = "only what ended longer ago: 7d, 12h")
  String older = "0s";

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var age =
        Durations.findDuration(older)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.USAGE, "archive: --older " + older + ": expected 7d, 12h, 30m"));
    var project = Project.find(console);
    try (var opened = OpenProject.open(project, console.caller(), new NoticeListener(console))) {
      var merged =
          MergedRuns.into(
              opened.repository(), opened.project().settings().loop().worktrees().base());
      var end = console.caller().clock().instant().minus(age);
      var moved = opened.file().locked(session -> archive(session, merged, end, opened));
      console.print(
          moved == 0
              ? "nothing to archive"
              : moved
                  + (moved == 1 ? " line" : " lines")
                  + " moved to "
                  + project.archive().getFileName());
    }
    return ExitCode.DONE;
  }

  private static int archive(
      LockedTaskFile session, MergedRuns merged, Instant end, OpenProject opened)
      throws IOException, InterruptedException {
    var tasks = over(document(session), merged, end, opened);
    try {
      session.archive(tasks);
    } catch (TaskFileException unusable) {
      throw new CliException(ExitCode.BAD_INPUT, String.valueOf(unusable.getMessage()));
    }
    return tasks.size();
  }

  static TaskDocument document(LockedTaskFile session) throws IOException, InterruptedException {
    return switch (session.read()) {
      case FileReading.Current current -> current.document();
      case FileReading.NotYet(var why) ->
          throw new CliException(ExitCode.REFUSED, why + " (try again)");
      case FileReading.Refused(var why) -> throw new CliException(ExitCode.BAD_INPUT, why);
    };
  }

  private static List<Task> over(
      TaskDocument document, MergedRuns merged, Instant end, OpenProject opened)
      throws IOException {
    var over = new ArrayList<Task>();
    for (var task : document.tasks()) {
      if (task.parent().isEmpty() && isOver(task, merged) && hasEndedBefore(task, end, opened)) {
        over.add(task);
      }
    }
    return over;
  }

  private static boolean isOver(Task task, MergedRuns merged) throws IOException {
    return switch (task.mark()) {
      case Mark.Cancelled _ -> true;
      case Mark.Done(var commit, _) -> commit.isEmpty() || merged.has(commit.get());
      case Mark.Pending _,
          Mark.Blocked _,
          Mark.NotBefore _,
          Mark.Template _,
          Mark.Running _,
          Mark.NeedsYou _,
          Mark.Failed _,
          Mark.Retry _,
          Mark.Malformed _ ->
          false;
    };
  }

  /// A line without a record is as old as anybody can say.
  private static boolean hasEndedBefore(Task task, Instant end, OpenProject opened)
      throws IOException {
    var id = task.mark().id();
    var run = id.isPresent() ? opened.project().runs().find(id.get()) : Optional.<Run>empty();
    return run.flatMap(found -> found.times().ended())
        .filter(ended -> !ended.isBefore(end))
        .isEmpty();
  }
}
