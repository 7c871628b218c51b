package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.cli.project.ProjectStatus;
import adw.cli.settings.LastSettings;
import adw.cli.watch.TaskTable;
import adw.daemon.DaemonControl;
import adw.git.config.RepositoryPaths;
import adw.json.Json;
import adw.os.process.ProcessIdentity;
import adw.planning.GlobalHolds;
import adw.status.HiddenRun;
import adw.status.RepositoryStatus;
import adw.status.StatusLine;
import adw.status.TaskStatus;
import adw.status.UnshownResults;
import adw.task.TaskFileException;
import adw.task.TaskFinding;
import adw.task.UnreadLines;
import adw.task.file.PutBackLines;
import adw.text.PlainText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "what runs, what waits, what needs you",
    footer = {"", "Example: watch -n 5 adw status"})
public final class StatusCommand extends PicocliCommand {
  /// More of one kind are counted, not listed.
  private static final int MOST = 10;

  @Option(names = "--json", description = "the same as one JSON object, with all tasks")
  public boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var project = Project.findAnyhow(console);
    var overview = ProjectStatus.read(project, console.caller()).held();
    if (json) {
      console.print(toJson(project, overview));
    } else {
      print(project, overview, console);
    }
    return ExitCode.DONE;
  }

  private static Json.Obj toJson(Project project, RepositoryStatus overview) throws IOException {
    var counts = Json.Obj.empty();
    for (var state : TaskStatus.State.values()) {
      counts = counts.with(state.word.replace(' ', '-'), overview.with(state).size());
    }
    return Json.Obj.empty()
        .with("repository", project.root().toString())
        .with("file", project.taskFile().toString())
        .with("branch", branch(project))
        .with(
            "daemons",
            new Json.Arr(overview.daemons().stream().<Json>map(StatusCommand::daemon).toList()))
        .with(
            "paused",
            GlobalHolds.findPause(project.state()).map(why -> why.isEmpty() ? "by adw pause" : why))
        .with("held", overview.hold().map(StatusCommand::words))
        .with("maxConcurrent", project.settings().loop().trigger().maxConcurrent())
        .with("usdToday", Json.Num.of(overview.spentToday()))
        .with("maxUsdDay", Json.Num.of(project.settings().agent().maxUsdDay()))
        .with("counts", counts)
        .with(
            "unshown",
            new Json.Arr(unshown(overview).stream().<Json>map(UnshownResults::toJson).toList()))
        .with(
            "unread",
            new Json.Arr(
                UnreadLines.of(overview.document()).stream()
                    .<Json>map(StatusCommand::unread)
                    .toList()))
        .with(
            "hidden",
            new Json.Arr(
                HiddenRun.find(overview.sources().runs(), overview.document()).stream()
                    .<Json>map(HiddenRun::toJson)
                    .toList()))
        .with(
            "putBack",
            new Json.Arr(
                PutBackLines.read(project.state().root()).runs().stream()
                    .<Json>map(Json.Str::new)
                    .toList()))
        .with("unusable", Json.Arr.ofTexts(overview.damages()))
        .with("tasks", TasksCommand.tasks(overview.standings()));
  }

  private static List<UnshownResults> unshown(RepositoryStatus overview) throws IOException {
    try {
      return UnshownResults.find(overview.sources());
    } catch (TaskFileException unusable) {
      throw new CliException(ExitCode.BAD_INPUT, String.valueOf(unusable.getMessage()));
    }
  }

  private static Json unread(TaskFinding finding) {
    return Json.Obj.empty()
        .with("line", finding.line())
        .with("text", finding.what() + " (" + finding.cure() + ")");
  }

  private static Json daemon(ProcessIdentity identity) {
    return Json.Obj.empty().with("pid", identity.pid()).with("host", identity.host());
  }

  private static void print(Project project, RepositoryStatus overview, Console console)
      throws IOException {
    console.print(StatusLine.of(overview));
    console.print(loop(project, overview));
    for (var daemon : DaemonControl.findSuspended(project.state())) {
      console.warn(daemon + " does nothing until then (or adw stop)");
    }
    elsewhere(project, console);
    overview
        .damages()
        .forEach(damage -> console.print(console.paint().yellow(PlainText.line(damage))));
    overview.hold().ifPresent(hold -> console.print(console.paint().yellow(words(hold))));
    if (overview.spentToday() > 0) {
      console.print(spent(project, overview));
    }
    var rows = new TaskTable(console);
    section(overview.with(TaskStatus.State.RUNNING), rows, console);
    section(overview.with(TaskStatus.State.NEEDS_YOU), rows, console);
    section(heldByThemselves(overview), rows, console);
    section(overview.with(TaskStatus.State.FAILED), rows, console);
    unread(overview, console);
    hidden(overview, console);
    putBack(overview, console);
    unshown(unshown(overview), console);
  }

  /// Lines that look like tasks and are none.
  private static void unread(RepositoryStatus overview, Console console) {
    var unread = UnreadLines.of(overview.document());
    if (unread.isEmpty()) {
      return;
    }
    console.print("");
    var file = overview.sources().taskFileName();
    for (var finding : unread.subList(0, Math.min(MOST, unread.size()))) {
      console.print(
          file
              + ":"
              + finding.line()
              + ": "
              + PlainText.line(finding.what() + " (" + finding.cure() + ")"));
    }
    if (unread.size() > MOST) {
      console.print("… and " + (unread.size() - MOST) + " more (adw check)");
    }
  }

  private static String words(RepositoryStatus.Hold hold) {
    var when = hold.isNow() ? "nothing starts: " : "nothing started when adw run last looked: ";
    return when + PlainText.line(hold.why()) + " (" + PlainText.line(hold.cure()) + ")";
  }

  private static String spent(Project project, RepositoryStatus overview) {
    var most = project.settings().agent().maxUsdDay();
    var spent = "today $%.2f of $%.0f".formatted(overview.spentToday(), most);
    return overview.spentToday() < most
        ? spent
        : spent + ": agents wait until tomorrow (or raise [agent] max_usd_day)";
  }

  /// What holds all of them is said once.
  private static List<TaskStatus> heldByThemselves(RepositoryStatus overview) {
    var common = overview.hold().map(RepositoryStatus.Hold::why);
    return overview.with(TaskStatus.State.HELD).stream()
        .filter(standing -> !common.equals(Optional.of(standing.detail())))
        .toList();
  }

  private static Optional<String> branch(Project project) throws IOException {
    var place = RepositoryPaths.find(project.root());
    return place.isPresent() ? place.get().branch() : Optional.empty();
  }

  private static String loop(Project project, RepositoryStatus overview) {
    var daemons = overview.daemons();
    if (daemons.isEmpty()) {
      return "nobody works on it (adw run does)";
    }
    var pids = daemons.stream().map(identity -> Long.toString(identity.pid())).toList();
    var most = project.settings().loop().trigger().maxConcurrent();
    return "adw run works on it (pid " + String.join(", ", pids) + "), " + most + " at once";
  }

  private static void elsewhere(Project project, Console console) throws IOException {
    var other = project.findQueue(new LastSettings(console));
    if (other.isPresent()) {
      console.warn(
          "the queue of this repository is " + other.get().taskFile() + ": nobody works on this");
    }
  }

  /// A line that nobody deleted and that is no task now: its run goes on.
  private static void hidden(RepositoryStatus overview, Console console) throws IOException {
    var hidden = HiddenRun.find(overview.sources().runs(), overview.document());
    if (!hidden.isEmpty()) {
      console.print("");
      console.print("no task now (the result is written once the line is one again):");
      var file = overview.sources().taskFileName();
      hidden.forEach(run -> console.print("       " + run.words(file)));
    }
  }

  /// Lines that an old save had reset or replaced.
  private static void putBack(RepositoryStatus overview, Console console) throws IOException {
    var runs = PutBackLines.read(overview.sources().runs().state().root()).runs();
    var lines =
        overview.standings().stream()
            .filter(standing -> standing.task().mark().id().filter(runs::contains).isPresent())
            .toList();
    if (!lines.isEmpty()) {
      console.print("");
      console.print(
          "put back: a save had not seen how they ended ([retry] in the line runs it again):");
      section(lines, new TaskTable(console), console);
    }
  }

  private static void unshown(List<UnshownResults> results, Console console) {
    if (!results.isEmpty()) {
      console.print("");
      console.print("ended after their line was deleted:");
      results.forEach(result -> console.print("       " + result.line()));
    }
  }

  private static void section(List<TaskStatus> standings, TaskTable rows, Console console) {
    if (standings.isEmpty()) {
      return;
    }
    console.print("");
    standings.stream().limit(MOST).map(rows::line).forEach(console::print);
    if (standings.size() > MOST) {
      var state = standings.getFirst().state().word;
      console.print(
          "       … and " + (standings.size() - MOST) + " more " + state + " (adw tasks)");
    }
  }
}
