package adw.cli.command;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.cli.project.ProjectStatus;
import adw.cli.watch.TaskTable;
import adw.json.Json;
import adw.status.RepositoryStatus;
import adw.status.TaskStatus;
import adw.text.PlainText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "tasks",
    description = "every task with its state, top to bottom",
    footer = {"", "Example: adw tasks --json | jq '.tasks[] | select(.state == \"held\")'"})
public final class TasksCommand extends PicocliCommand {
  @Option(names = "--json", description = "the same as one JSON object")
  public boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var overview = ProjectStatus.read(Project.findAnyhow(console), console.caller()).held();
    if (json) {
      console.print(toJson(overview));
      return ExitCode.DONE;
    }
    print(overview, console);
    return ExitCode.DONE;
  }

  private static Json.Obj toJson(RepositoryStatus overview) {
    return Json.Obj.empty()
        .with("file", overview.sources().taskFile().toString())
        .with("tasks", tasks(overview.standings()));
  }

  static Json.Arr tasks(List<TaskStatus> standings) {
    return new Json.Arr(standings.stream().<Json>map(TaskStatus::toJson).toList());
  }

  private static void print(RepositoryStatus overview, Console console) {
    var rows = new TaskTable(console);
    var scope = overview.document().scopes().getFirst();
    for (var standing : overview.standings()) {
      if (standing.task().scope() != scope) {
        scope = standing.task().scope();
        console.print("");
        console.print(
            console.paint().bold("Git Worktree " + scope.name().map(PlainText::line).orElse("")));
      }
      console.print(rows.line(standing));
    }
    if (overview.standings().isEmpty()) {
      console.note(
          "no tasks yet: write \"[] what is to be done\" in " + overview.sources().taskFileName());
    }
  }
}
