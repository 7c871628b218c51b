package adw.cli;

import adw.daemon.Control;
import adw.daemon.Holds;
import adw.git.Location;
import adw.os.Identity;
import adw.run.Json;
import adw.task.Finding;
import adw.task.PutBackLines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "what runs, what waits, what needs you",
    footer = {"", "Example: watch -n 5 adw status"})
final class StatusVerb extends Verb {
  /// More of one kind are counted, not listed.
  private static final int MOST = 10;

  @Option(names = "--json", description = "the same as one JSON object, with all tasks")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var overview = Overview.read(Project.findAnyhow(console), console.caller()).held();
    if (json) {
      console.print(toJson(overview));
    } else {
      print(overview, console);
    }
    return ExitCode.DONE;
  }

  private static Json.Obj toJson(Overview overview) throws IOException {
    var project = overview.project();
    var counts = Json.Obj.empty();
    for (var state : Standing.State.values()) {
      counts = counts.with(state.word.replace(' ', '-'), overview.with(state).size());
    }
    return Json.Obj.empty()
        .with("repository", project.root().toString())
        .with("file", project.taskFile().toString())
        .with("branch", branch(project))
        .with(
            "daemons",
            new Json.Arr(overview.daemons().stream().<Json>map(StatusVerb::daemon).toList()))
        .with(
            "paused",
            Holds.findPause(project.state()).map(why -> why.isEmpty() ? "by adw pause" : why))
        .with("held", overview.hold().map(StatusVerb::words))
        .with("maxConcurrent", project.settings().loop().trigger().maxConcurrent())
        .with("usdToday", Json.Num.of(overview.spentToday()))
        .with("maxUsdDay", Json.Num.of(project.settings().agent().maxUsdDay()))
        .with("counts", counts)
        .with(
            "unshown",
            new Json.Arr(Unshown.find(project).stream().<Json>map(Unshown::toJson).toList()))
        .with(
            "unread",
            new Json.Arr(
                overview.document().unread().stream().<Json>map(StatusVerb::unread).toList()))
        .with(
            "hidden",
            new Json.Arr(
                HiddenRun.find(project, overview.document()).stream()
                    .<Json>map(HiddenRun::toJson)
                    .toList()))
        .with(
            "putBack",
            new Json.Arr(
                PutBackLines.read(project.state().root()).runs().stream()
                    .<Json>map(Json.Str::new)
                    .toList()))
        .with("unusable", Json.Arr.ofTexts(overview.damages()))
        .with("tasks", TasksVerb.tasks(overview.standings()));
  }

  private static Json unread(Finding finding) {
    return Json.Obj.empty()
        .with("line", finding.line())
        .with("text", finding.what() + " (" + finding.cure() + ")");
  }

  private static Json daemon(Identity identity) {
    return Json.Obj.empty().with("pid", identity.pid()).with("host", identity.host());
  }

  private static void print(Overview overview, Console console) throws IOException {
    console.print(Summary.of(overview));
    console.print(loop(overview));
    for (var daemon : Control.findSuspended(overview.project().state())) {
      console.warn(daemon + " does nothing until then (or adw stop)");
    }
    elsewhere(overview.project(), console);
    overview
        .damages()
        .forEach(damage -> console.print(console.paint().yellow(Cells.clean(damage))));
    overview.hold().ifPresent(hold -> console.print(console.paint().yellow(words(hold))));
    if (overview.spentToday() > 0) {
      console.print(spent(overview));
    }
    var rows = new Rows(console);
    section(overview.with(Standing.State.RUNNING), rows, console);
    section(overview.with(Standing.State.NEEDS_YOU), rows, console);
    section(heldByThemselves(overview), rows, console);
    section(overview.with(Standing.State.FAILED), rows, console);
    unread(overview, console);
    hidden(overview, console);
    putBack(overview, console);
    unshown(Unshown.find(overview.project()), console);
  }

  /// Lines that look like tasks and are none.
  private static void unread(Overview overview, Console console) {
    var unread = overview.document().unread();
    if (unread.isEmpty()) {
      return;
    }
    console.print("");
    var file = overview.project().taskFileName();
    for (var finding : unread.subList(0, Math.min(MOST, unread.size()))) {
      console.print(
          file
              + ":"
              + finding.line()
              + ": "
              + Cells.clean(finding.what() + " (" + finding.cure() + ")"));
    }
    if (unread.size() > MOST) {
      console.print("… and " + (unread.size() - MOST) + " more (adw check)");
    }
  }

  private static String words(Overview.Hold hold) {
    var when = hold.isNow() ? "nothing starts: " : "nothing started when adw run last looked: ";
    return when + Cells.clean(hold.why()) + " (" + Cells.clean(hold.cure()) + ")";
  }

  private static String spent(Overview overview) {
    var most = overview.project().settings().agent().maxUsdDay();
    var spent = "today $%.2f of $%.0f".formatted(overview.spentToday(), most);
    return overview.spentToday() < most
        ? spent
        : spent + ": agents wait until tomorrow (or raise [agent] max_usd_day)";
  }

  /// What holds all of them is said once.
  private static List<Standing> heldByThemselves(Overview overview) {
    var common = overview.hold().map(Overview.Hold::why);
    return overview.with(Standing.State.HELD).stream()
        .filter(standing -> !common.equals(Optional.of(standing.detail())))
        .toList();
  }

  private static Optional<String> branch(Project project) throws IOException {
    var place = Location.find(project.root());
    return place.isPresent() ? place.get().branch() : Optional.empty();
  }

  private static String loop(Overview overview) {
    var daemons = overview.daemons();
    if (daemons.isEmpty()) {
      return "nobody works on it (adw run does)";
    }
    var pids = daemons.stream().map(identity -> Long.toString(identity.pid())).toList();
    var most = overview.project().settings().loop().trigger().maxConcurrent();
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
  private static void hidden(Overview overview, Console console) throws IOException {
    var hidden = HiddenRun.find(overview.project(), overview.document());
    if (!hidden.isEmpty()) {
      console.print("");
      console.print("no task now (the result is written once the line is one again):");
      var file = overview.project().taskFileName();
      hidden.forEach(run -> console.print("       " + run.words(file)));
    }
  }

  /// Lines that an old save had reset or replaced.
  private static void putBack(Overview overview, Console console) throws IOException {
    var runs = PutBackLines.read(overview.project().state().root()).runs();
    var lines =
        overview.standings().stream()
            .filter(standing -> standing.task().mark().id().filter(runs::contains).isPresent())
            .toList();
    if (!lines.isEmpty()) {
      console.print("");
      console.print(
          "put back: a save had not seen how they ended ([retry] in the line runs it again):");
      section(lines, new Rows(console), console);
    }
  }

  private static void unshown(List<Unshown> results, Console console) {
    if (!results.isEmpty()) {
      console.print("");
      console.print("ended after their line was deleted:");
      results.forEach(result -> console.print("       " + result.line()));
    }
  }

  private static void section(List<Standing> standings, Rows rows, Console console) {
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
