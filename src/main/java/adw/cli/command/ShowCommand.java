package adw.cli.command;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.cli.project.Reference;
import adw.flow.drawing.GraphDrawing;
import adw.flow.run.FlowRecordPlace;
import adw.flow.run.FlowRuns;
import adw.json.Json;
import adw.os.TextFile;
import adw.run.EventLog;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunEvent;
import adw.task.Task;
import adw.text.PlainText;
import adw.text.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "one run: what it was asked, did and said",
    footer = {"", "Example: adw show 1a2b     (or tasks.md:12, a branch, a {#name})"})
public final class ShowCommand extends PicocliCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final int SHORT = 7;

  @Parameters(paramLabel = "ID", description = "a run or a task")
  String id = "";

  @Option(names = "--json", description = "the run's record with its events as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var project = Project.findAnyhow(console);
    var target = Reference.find(project, id);
    if (json) {
      console.print(toJson(project, target.needRun()));
      return ExitCode.DONE;
    }
    target.task().ifPresent(task -> print(task, project, console));
    if (target.run().isEmpty() && target.lost().isEmpty()) {
      console.note("not started yet");
    } else {
      print(target.needRun(), project, console);
    }
    return ExitCode.DONE;
  }

  private static Json.Obj toJson(Project project, Run run) throws IOException {
    var record = TextFile.readAny(project.state().run(run.id()).resolve("run.json"));
    var events = new EventLog(project.state()).read(run.id());
    return Json.parseObject(record)
        .with("events", new Json.Arr(events.stream().<Json>map(RunEvent::toJson).toList()));
  }

  private static void print(Task task, Project project, Console console) {
    console.print(
        console.paint().bold(project.taskFileName() + ":" + task.line())
            + "  "
            + PlainText.line(task.text()));
    if (!task.body().isEmpty()) {
      task.body().lines().forEach(line -> console.print("  " + PlainText.line(line)));
    }
  }

  private static void print(Run run, Project project, Console console) throws IOException {
    var lines = new Lines(console);
    order(run, lines);
    place(run, project, lines);
    spent(run, project).ifPresent(words -> lines.print("spent", words));
    lines.print("records", project.state().run(run.id()).toString());
    drawing(project, run, console.caller().clock().instant())
        .forEach(line -> console.print(PlainText.indentedLine(line)));
    console.print("");
    for (var event : new EventLog(project.state()).read(run.id())) {
      console.print(line(event, console));
    }
    next(run, console);
  }

  private static void order(Run run, Lines lines) {
    var attempt = run.lineage().attempt();
    lines.print("run", run.id() + (attempt > 1 ? ", attempt " + attempt : ""));
    lines.print("state", state(run));
    lines.print("workflow", run.order().workflow().name());
    run.order().wishes().agent().ifPresent(agent -> lines.print("agent", agent));
    run.order().wishes().model().ifPresent(model -> lines.print("model", model));
  }

  private static void place(Run run, Project project, Lines lines) {
    if (run.place().isPresent()) {
      var place = run.place().get();
      var start = place.start().substring(0, Math.min(SHORT, place.start().length()));
      lines.print("branch", place.branch() + " from " + place.base() + " @" + start);
      lines.print(
          "worktree", project.root().relativize(place.worktree().toAbsolutePath()).toString());
    }
  }

  /// What agents have told of it; some tell nothing, some tokens alone.
  private static Optional<String> spent(Run run, Project project) throws IOException {
    var spent = project.state().openLedger().sum(entry -> entry.run().equals(run.id()));
    var told = new ArrayList<String>();
    if (spent.input() + spent.output() > 0) {
      told.add(spent.input() + " tokens in");
      told.add(spent.output() + " out");
    }
    if (spent.usd() > 0) {
      told.add(String.format(Locale.ROOT, "$%.2f", spent.usd()));
    } else if (!told.isEmpty()) {
      told.add("no cost told");
    }
    return told.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", told));
  }

  /// The graph of a run that a flow worked.
  private static List<String> drawing(Project project, Run run, Instant now) throws IOException {
    var place = new FlowRecordPlace(project.state().run(run.id()).resolve("flow"), run.id());
    return Files.exists(place.folder().resolve("run.json"))
        ? FlowRuns.read(place).graph(now).map(GraphDrawing::of).orElse(List.of())
        : List.of();
  }

  /// `key value`, the keys in one column.
  private record Lines(Console console) {
    void print(String key, String value) {
      console.print(console.paint().dim("  %-10s".formatted(key)) + PlainText.line(value));
    }
  }

  private static String state(Run run) {
    return run.outcome().map(ShowCommand::words).orElseGet(() -> run.stage().word());
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var commit, var setback) ->
          "done, " + commit + setback.map(why -> ", " + why).orElse("");
      case Outcome.Answered(var words) ->
          "done without a commit" + (words.isEmpty() ? "" : ": " + words);
      case Outcome.Failed(_, var reason) -> "failed: " + reason;
      case Outcome.Cancelled cancelled -> cancelled.sentence();
      case Outcome.TakenOver() -> "taken over by a person";
    };
  }

  private static String line(RunEvent event, Console console) {
    var time = TIME.format(event.at().atZone(console.caller().zone()));
    var facts =
        event.facts().members().entrySet().stream()
            .map(fact ->
                fact.getKey()
                    + " "
                    + (fact.getValue() instanceof Json.Str(var text)
                        ? text
                        : fact.getValue().write()))
            .collect(Collectors.joining(", "));
    return "  "
        + console.paint().dim(time)
        + "  "
        + "%-10s".formatted(event.kind())
        + "  "
        + PlainText.line(facts);
  }

  private static void next(Run run, Console console) {
    var branch = run.place().map(place -> place.branch()).orElse("");
    console.print("");
    if (run.outcome().filter(Outcome.Done.class::isInstance).isPresent()) {
      var base = run.place().map(place -> place.base()).orElse("HEAD");
      console.print("next: git diff " + base + "..." + branch + "   or: git merge " + branch);
    } else {
      console.print("next: adw logs " + RunId.digits(run.id()));
    }
  }
}
