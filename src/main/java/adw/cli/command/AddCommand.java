package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.NoticeListener;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.cli.project.Reference;
import adw.run.Run;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.file.FileReading;
import adw.task.file.LockedTaskFile;
import adw.text.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = "append a task; it may start at once",
    footer = {"", "Example: adw add 'add a login page #opus' --after api"})
public final class AddCommand extends PicocliCommand {
  @Parameters(
      paramLabel = "TEXT",
      arity = "1..*",
      description = "what is to be done; further lines become its body")
  List<String> words = new ArrayList<>();

  @Option(names = "--after", paramLabel = "ID", description = "blocked until these are done")
  List<String> after = new ArrayList<>();

  @Option(names = "--blocked", description = "blocked until all tasks above are done")
  boolean blocked;

  @Option(
      names = "--worktree",
      paramLabel = "NAME",
      description = "below the heading ## Git Worktree NAME")
  Optional<String> scope = Optional.empty();

  private final List<String> prerequisites = new ArrayList<>();

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var typed = String.join(" ", words).strip();
    var end = typed.indexOf('\n');
    var line = end < 0 ? typed : typed.substring(0, end);
    var text = line.strip().replaceAll("\\s+", " ");
    var body = end < 0 ? "" : typed.substring(end + 1).stripTrailing();
    var read = check(text);
    var project = Project.find(console);
    for (var id : after) {
      prerequisites.add(reference(Reference.find(project, id), id));
    }
    try (var opened = OpenProject.open(project, console.caller(), new NoticeListener(console))) {
      var task = opened.file().locked(session -> add(session, text, body, read));
      console.print("added " + opened.project().taskFileName() + ":" + task.line());
    }
    return ExitCode.DONE;
  }

  /// How a marker calls it: by its name, or else by its run.
  private static String reference(Reference target, String typed) {
    return target
        .task()
        .flatMap(Task::name)
        .or(() -> target.run().map(Run::id))
        .orElseThrow(() ->
            new CliException(
                ExitCode.NOT_FOUND,
                "add: "
                    + typed
                    + ": has neither a name nor a run yet (write {#name} at the end of its line)"));
  }

  /// What the task will say; text that would be read as something else than one is refused.
  private static String check(String text) {
    var tasks = TaskDocument.parse(("[] " + text + "\n").getBytes(StandardCharsets.UTF_8)).tasks();
    if (text.isEmpty() || tasks.size() != 1) {
      throw new CliException(
          ExitCode.USAGE,
          "add: this would not be read as a task: '"
              + PlainText.line(text)
              + "' (say in words what is to be done)");
    }
    return tasks.getFirst().text();
  }

  private Task add(LockedTaskFile session, String text, String body, String read)
      throws IOException, InterruptedException {
    return switch (session.read()) {
      case FileReading.Current _ -> block(session, append(session, text, body, read));
      case FileReading.NotYet(var why) ->
          throw new CliException(ExitCode.REFUSED, "add: " + why + " (try again)");
      case FileReading.Refused(var why) -> throw new CliException(ExitCode.BAD_INPUT, why);
    };
  }

  private Task append(LockedTaskFile session, String text, String body, String read)
      throws IOException, InterruptedException {
    return newest(session.write(List.of(new Edit.Append(scope, text, body))), read);
  }

  /// The last one of the scope's queue: that is where `Append` puts it. Parked lines may follow.
  private Task newest(TaskDocument document, String read) {
    return document.tasks().stream()
        .filter(task -> task.scope().name().equals(scope) && !task.isParked())
        .filter(task -> task.mark() instanceof Mark.Pending && task.text().equals(read))
        .reduce((_, last) -> last)
        .orElseThrow(() ->
            new CliException(
                ExitCode.BAD_INPUT,
                "add: the line is in the file, but hidden by code or a comment that nothing closes"
                    + " (adw check says where)"));
  }

  /// Nobody else has the lock, so nobody claims it before it is blocked.
  private Task block(LockedTaskFile session, Task task) throws IOException, InterruptedException {
    if (prerequisites.isEmpty() && !blocked) {
      return task;
    }
    var marker = prerequisites.isEmpty() ? "⏰" : "⏰ " + String.join(", ", prerequisites);
    var edit = new Edit.Restore(task, marker, Optional.empty());
    return session.write(List.of(edit)).tasks().stream()
        .filter(found -> found.line() == task.line())
        .findFirst()
        .orElse(task);
  }
}
