package adw.cli;

import adw.run.Run;
import adw.task.Document;
import adw.task.Mark;
import adw.task.Reading;
import adw.task.Session;
import adw.task.Task;
import adw.task.TaskFileException;
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
final class ArchiveVerb extends Verb {
  @Option(
      names = "--older",
      paramLabel = "TIME",
      description = "only what ended longer ago: 7d, 12h")
  String older = "0s";

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var age =
        Quantities.findDuration(older)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.USAGE, "archive: --older " + older + ": expected 7d, 12h, 30m"));
    var project = Project.find(console);
    try (var workshop = Workshop.open(project, console.caller(), new Notices(console))) {
      var merged = Merged.into(workshop);
      var end = console.caller().clock().instant().minus(age);
      var moved = workshop.file().locked(session -> archive(session, merged, end, workshop));
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

  private static int archive(Session session, Merged merged, Instant end, Workshop workshop)
      throws IOException, InterruptedException {
    var tasks = over(document(session), merged, end, workshop);
    try {
      session.archive(tasks);
    } catch (TaskFileException unusable) {
      throw new CliException(ExitCode.BAD_INPUT, String.valueOf(unusable.getMessage()));
    }
    return tasks.size();
  }

  static Document document(Session session) throws IOException, InterruptedException {
    return switch (session.read()) {
      case Reading.Current current -> current.document();
      case Reading.NotYet(var why) ->
          throw new CliException(ExitCode.REFUSED, why + " (try again)");
      case Reading.Refused(var why) -> throw new CliException(ExitCode.BAD_INPUT, why);
    };
  }

  private static List<Task> over(Document document, Merged merged, Instant end, Workshop workshop)
      throws IOException {
    var over = new ArrayList<Task>();
    for (var task : document.tasks()) {
      if (task.parent().isEmpty() && isOver(task, merged) && hasEndedBefore(task, end, workshop)) {
        over.add(task);
      }
    }
    return over;
  }

  private static boolean isOver(Task task, Merged merged) throws IOException {
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
  private static boolean hasEndedBefore(Task task, Instant end, Workshop workshop)
      throws IOException {
    var id = task.mark().id();
    var run = id.isPresent() ? workshop.project().runs().find(id.get()) : Optional.<Run>empty();
    return run.flatMap(found -> found.times().ended())
        .filter(ended -> !ended.isBefore(end))
        .isEmpty();
  }
}
