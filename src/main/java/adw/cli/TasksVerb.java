package adw.cli;

import adw.run.Json;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "tasks",
    description = "every task with its state, top to bottom",
    footer = {"", "Example: adw tasks --json | jq '.tasks[] | select(.state == \"held\")'"})
final class TasksVerb extends Verb {
  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var overview = Overview.read(Project.findAnyhow(console), console.caller()).held();
    if (json) {
      console.print(toJson(overview));
      return ExitCode.DONE;
    }
    print(overview, console);
    return ExitCode.DONE;
  }

  private static Json.Obj toJson(Overview overview) {
    return Json.Obj.empty()
        .with("file", overview.project().taskFile().toString())
        .with("tasks", tasks(overview.standings()));
  }

  static Json.Arr tasks(List<Standing> standings) {
    return new Json.Arr(standings.stream().<Json>map(Standing::toJson).toList());
  }

  private static void print(Overview overview, Console console) {
    var rows = new Rows(console);
    var scope = overview.document().scopes().getFirst();
    for (var standing : overview.standings()) {
      if (standing.task().scope() != scope) {
        scope = standing.task().scope();
        console.print("");
        console.print(
            console.paint().bold("Git Worktree " + scope.name().map(Cells::clean).orElse("")));
      }
      console.print(rows.line(standing));
    }
    if (overview.standings().isEmpty()) {
      console.note(
          "no tasks yet: write \"[] what is to be done\" in " + overview.project().taskFileName());
    }
  }
}
