package adw.cli.watch;

import adw.cli.console.Console;
import adw.cli.console.LiveRegion;
import adw.cli.console.TerminalBell;
import adw.cli.project.Project;
import adw.cli.project.ProjectStatus;
import adw.json.JsonException;
import adw.notify.Notification;
import adw.os.ProblemWords;
import adw.run.Run;
import adw.run.RunEvent;
import adw.spend.RunSpending;
import adw.status.RunningPhases;
import adw.status.StatusLine;
import adw.status.TaskStatus;
import adw.status.TaskStatuses;
import adw.text.Durations;
import adw.text.PlainText;
import adw.text.RunId;
import adw.text.TextWidth;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// What runs, redrawn each second at the foot of the terminal; what ended scrolls up above it as a
/// log.
final class LiveTable implements Display {
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final long KEY_WAIT_MILLIS = 100;
  private static final int TEXT = 40;
  private static final String KEYS = "   l log  c cancel  a answer  q leave";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Project project;
  private final Console console;
  private final Terminal terminal;
  private final Attributes before;
  private final LiveRegion footage;
  private final TerminalBell attention;
  private final TableKeys keys;
  private final RunSpending spending;
  private final RunningPhases phases;
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private volatile Runnable leave = () -> {};
  private volatile String counts = "";

  private LiveTable(Project project, Console console, Terminal terminal) {
    this.project = project;
    this.console = console;
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    this.footage = new LiveRegion(terminal);
    this.attention = new TerminalBell(terminal);
    this.spending = new RunSpending(project.state()::openLedger);
    this.phases = new RunningPhases(project.state());
    this.keys = new TableKeys(project, console, this::say);
  }

  static LiveTable open(Project project, Console console) throws IOException {
    return new LiveTable(
        project, console, TerminalBuilder.builder().system(true).dumb(true).build());
  }

  @Override
  public void begin(String base) {
    say(base);
    Thread.ofPlatform().daemon().name("adw-table").start(this::watch);
  }

  @Override
  public void onLeave(Runnable wish) {
    leave = wish;
  }

  @Override
  public void happened(RunEvent event) {
    if (PlainLines.isFailure(event)) {
      failed.incrementAndGet();
    }
    if (event.kind().equals("reported") || PlainLines.isStop(event)) {
      say(line(event));
    }
    if (PlainLines.isFailure(event) || needsPerson(event)) {
      attention.ring();
    }
  }

  @Override
  public void rested() {
    attention.ring();
  }

  private boolean needsPerson(RunEvent event) {
    return find(event.run())
        .flatMap(run -> Notification.find(event, run))
        .filter(news -> news.event().equals("needs-you"))
        .isPresent();
  }

  /// `✅ 1a2b3c4d add a login page done 1234567 in 4m`.
  private String line(RunEvent event) {
    var run = find(event.run());
    var text =
        run.map(found -> TextWidth.cut(PlainText.line(found.order().text()), TEXT)).orElse("");
    var time = run.map(found -> " in " + Durations.words(elapsed(found))).orElse("");
    var state = state(event);
    return state.sign
        + "  "
        + RunId.digits(event.run())
        + "  "
        + text
        + "  "
        + TaskTable.painted(state, PlainLines.words(event), console.paint())
        + time;
  }

  static TaskStatus.State state(RunEvent event) {
    if (event.kind().equals("waiting")) {
      return TaskStatus.State.NEEDS_YOU;
    }
    if (PlainLines.hasOutcome(event, "cancelled")) {
      return TaskStatus.State.CANCELLED;
    }
    return PlainLines.isFailure(event) ? TaskStatus.State.FAILED : TaskStatus.State.DONE;
  }

  /// For the screen only: a record that cannot be read now is left out.
  private Optional<Run> find(String id) {
    try {
      return project.runs().find(id);
    } catch (IOException | JsonException e) {
      return Optional.empty();
    }
  }

  private Duration elapsed(Run run) {
    return new TaskStatuses(project.runs(), console.caller()).elapsed(run);
  }

  @Override
  public void noticed(String notice) {
    say(console.paint().yellow(PlainText.line(notice)));
  }

  @Override
  public void end(String farewell) {
    isOver.set(true);
    footage.log(farewell);
    footage.draw(List.of());
  }

  @Override
  public int failed() {
    return failed.get();
  }

  @Override
  public void close() {
    isOver.set(true);
    attention.title("");
    terminal.setAttributes(before);
  }

  private void say(String line) {
    var time = TIME.format(console.caller().clock().instant().atZone(console.caller().zone()));
    footage.log(console.paint().dim(time) + "  " + line);
  }

  /// Redraws, and reads keys in between.
  private void watch() {
    try {
      while (!isOver.get()) {
        count();
        var next = System.nanoTime() + REFRESH.toNanos();
        do {
          draw();
          readKey();
        } while (!isOver.get() && System.nanoTime() < next);
      }
    } catch (IOException | RuntimeException e) {
      footage.log("the table ends here, the work goes on: " + ProblemWords.of(e));
    }
  }

  private void readKey() throws IOException {
    var key = terminal.reader().read(KEY_WAIT_MILLIS);
    if (key >= 0 && !keys.press(key)) {
      leave.run();
    }
  }

  private void count() throws IOException {
    var now = StatusLine.of(ProjectStatus.read(project, console.caller()));
    if (!now.equals(counts)) {
      attention.title("adw " + now);
    }
    counts = now;
  }

  private void draw() throws IOException {
    var rows = rows();
    keys.show(rows);
    var lines = new ArrayList<String>();
    lines.add("");
    if (!rows.isEmpty()) {
      lines.addAll(RunRow.table(rows, keys.chosen(), terminal.getColumns() - 1, console.paint()));
    }
    lines.add(foot(terminal.getColumns() - 1));
    footage.draw(lines);
  }

  /// The keys always show; the counts get what is left.
  private String foot(int columns) {
    var prompt = keys.prompt();
    if (prompt.isPresent()) {
      return TextWidth.cut(prompt.get(), columns);
    }
    var left = columns - KEYS.length();
    return (left > 0 ? TextWidth.cut(counts, left) : "") + TextWidth.cut(KEYS, columns);
  }

  private List<RunRow> rows() throws IOException {
    var runs = project.runs();
    var standings = new TaskStatuses(runs, console.caller());
    var open = new ArrayList<Run>();
    for (var id : runs.openIds()) {
      runs.find(id).ifPresent(open::add);
    }
    open.sort(
        java.util.Comparator.comparing((Run run) -> run.times().claimed()).thenComparing(Run::id));
    var rows = new ArrayList<RunRow>();
    for (var run : open) {
      rows.add(RunRow.of(run, standings, phases, spending.of(run.id())));
    }
    return rows;
  }
}
