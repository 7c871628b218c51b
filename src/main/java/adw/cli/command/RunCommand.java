package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.ExcludeFile;
import adw.cli.project.FirstRunConsent;
import adw.cli.project.LogSetup;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.cli.project.ProjectStatus;
import adw.cli.settings.LastSettings;
import adw.cli.watch.Display;
import adw.daemon.Daemon;
import adw.daemon.DaemonControl;
import adw.daemon.DryRun;
import adw.daemon.ForeignProcess;
import adw.daemon.context.StopWord;
import adw.git.config.BaseSettings;
import adw.notify.Notifier;
import adw.status.StatusLine;
import adw.text.PlainText;
import adw.text.TextWidth;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    aliases = {"trigger", "conductor"},
    description = {
      "work through the tasks until stopped",
      "Ctrl-C leaves: what runs goes on, and the next adw run picks it up."
    },
    footer = {"", "Example: adw run --until-idle && adw status"})
public final class RunCommand extends PicocliCommand {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  /// A fetch older than this is done again.
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  @ArgGroup Until until = new Until();

  static final class Until {
    @Option(
        names = "--until-idle",
        description = "end when nothing runs and nothing can become ready by itself")
    boolean idle;

    @Option(names = "--once", description = "one look, wait for its runs, end (for cron)")
    boolean once;

    @Option(names = "--dry-run", description = "say what would start and why not; change nothing")
    boolean dry;
  }

  @Option(names = "--strict", description = "exit code 1 when a task failed")
  boolean strict;

  @Option(names = "--detach", description = "leave the terminal; adw status and adw stop find it")
  boolean detach;

  @Option(names = "--yes", description = "start agents in a repository that is new to adw")
  boolean yes;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.find(console);
    if (until.dry) {
      return preview(project, console);
    }
    if (!yes) {
      FirstRunConsent.check(project, console);
    }
    if (detach) {
      return DetachedRun.start(project, console);
    }
    var stopWord = StopWord.read(project.state());
    try (var display = Display.open(project, console)) {
      return work(project, display, console, stopWord);
    }
  }

  private ExitCode work(Project project, Display display, Console console, StopWord stopWord)
      throws IOException, InterruptedException {
    var notifier = notifier(display, project, console);
    try (var opened = OpenProject.open(project, console.caller(), notifier)) {
      LastSettings.keep(project.root(), project.commonDir());
      // Without `adw init`, `git add -A` would take each worktree for a repository.
      ExcludeFile.of(project).add(ExcludeFile.treesOf(project));
      LogSetup.to(project.state().root().resolve("daemon.log"));
      var end = loop(opened, display, notifier, stopWord);
      display.end(farewell(end, project, console));
      return exitCode(end, display);
    }
  }

  private static Notifier notifier(Display display, Project project, Console console) {
    var sources =
        new Notifier.Sources(
            project.root(),
            console.caller().environment(),
            project.runs(),
            () -> summary(project, console));
    return Notifier.before(display, project.settings().notices(), sources);
  }

  private static String summary(Project project, Console console) {
    try {
      return StatusLine.of(ProjectStatus.read(project, console.caller()));
    } catch (IOException | CliException e) {
      LOG.warn("{}: nobody is told how its tasks stand", project.taskFile(), e);
      return project.taskFileName();
    }
  }

  private ExitCode exitCode(Daemon.End end, Display display) {
    return switch (end) {
      case UNREADABLE -> ExitCode.BAD_INPUT;
      case MOVED -> ExitCode.NOT_FOUND;
      case IDLE, LEFT, STOPPED -> worked(display);
    };
  }

  private ExitCode worked(Display display) {
    return strict && display.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  /// Says where runs start, and what should be known of that.
  private static void begin(Daemon daemon, OpenProject opened, Display display)
      throws IOException, InterruptedException {
    var worktrees = opened.project().settings().loop().worktrees();
    var wanted = new BaseSettings(worktrees.base(), worktrees.fetch(), MAX_AGE);
    var base = daemon.findBase(wanted);
    base.ifPresent(
        found -> display.begin(found.describe(opened.context().world().clock().instant())));
    base.ifPresent(found -> found.warnings().forEach(display::noticed));
  }

  /// The first signal leaves; a second one ends every run too.
  private Daemon.End loop(OpenProject opened, Display display, Notifier notifier, StopWord stopWord)
      throws IOException, InterruptedException {
    var foreign = ForeignProcess.find(opened.context().runs());
    if (foreign.isPresent()) {
      throw new CliException(ExitCode.REFUSED, foreign.get().sentence());
    }
    var signals = new AtomicInteger();
    try (var daemon = Daemon.open(opened.context(), stopWord);
        var _ = notifier.deliver(daemon.messages())) {
      Runnable onSignal =
          () -> {
            signals.incrementAndGet();
            daemon.leave();
          };
      display.onLeave(onSignal);
      for (var name : new String[] {"INT", "TERM", "HUP"}) {
        Signals.register(name, onSignal);
      }
      begin(daemon, opened, display);
      var end = daemon.run(mode());
      if (end != Daemon.End.LEFT || signals.get() < 2) {
        return end;
      }
    }
    new DaemonControl(opened.context()).stop();
    return Daemon.End.STOPPED;
  }

  private Daemon.Mode mode() {
    if (until.idle) {
      return Daemon.Mode.UNTIL_IDLE;
    }
    return until.once ? Daemon.Mode.ONCE : Daemon.Mode.UNTIL_STOPPED;
  }

  private static String farewell(Daemon.End end, Project project, Console console)
      throws IOException {
    return switch (end) {
      case IDLE -> StatusLine.of(ProjectStatus.read(project, console.caller()));
      case UNREADABLE -> "left: what is said above must be mended first";
      case STOPPED -> "stopped; all work is kept";
      case MOVED -> "left; what runs goes on without me";
      case LEFT -> leftBehind(project.runs().liveIds().size());
    };
  }

  private static String leftBehind(int open) {
    return open == 0
        ? "left; nothing was running"
        : open
            + (open == 1 ? " run goes" : " runs go")
            + " on without me: adw stop ends them, adw run picks them up";
  }

  private static ExitCode preview(Project project, Console console)
      throws IOException, InterruptedException {
    try (var opened = OpenProject.look(project, console.caller())) {
      var document = project.needDocument(project.vocabulary(opened.context().workflows()));
      var result = new DryRun(opened.context()).of(document);
      console.print(result.base().describe(console.caller().clock().instant()));
      for (var row : result.rows()) {
        console.print(line(row, project));
      }
      if (result.rows().isEmpty()) {
        console.note("nothing to start");
      }
    }
    return ExitCode.DONE;
  }

  private static String line(DryRun.Row row, Project project) {
    var place = project.taskFileName() + ":" + row.task().line() + ": ";
    var text = TextWidth.cut(PlainText.line(row.task().title()), 60);
    if (!row.starts()) {
      return place + text + ": " + PlainText.line(row.why());
    }
    return place
        + text
        + ": starts "
        + row.workflow().orElse("")
        + row.task().agent().map(agent -> " by " + agent).orElse("")
        + row.model().map(model -> " with " + model).orElse("")
        + row.worktree().map(worktree -> " on " + worktree).orElse("")
        + (row.why().isEmpty() ? "" : ", " + row.why());
  }
}
