package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.Daemon;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.daemon.context.DaemonSettings;
import adw.daemon.context.GitFileView;
import adw.git.Repository;
import adw.git.config.GitEnvironment;
import adw.os.process.Command;
import adw.os.process.ProgramEnclosure;
import adw.run.Run;
import adw.run.RunEvent;
import adw.run.RunStore;
import adw.run.StateFolder;
import adw.task.file.TaskFile;
import adw.task.file.TaskFileSettings;
import adw.workflow.WorkflowSettings;
import adw.workflow.Workflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A real repository in a temporary folder with a task file and workflows, and a daemon for it.
public final class DaemonSandbox {
  public final Path root;
  private final Path folder;
  public final Path tasks;
  public final List<RunEvent> events = new CopyOnWriteArrayList<>();
  public final List<String> notices = new CopyOnWriteArrayList<>();
  public DaemonSettings settings = DaemonSettings.DEFAULT;
  public InstantSource clock = InstantSource.system();
  private ProgramEnclosure enclosure = ProgramEnclosure.open();
  private boolean isEnclosed;

  private final Map<String, String> environment;
  private Consumer<DaemonListener.Step> onStep = _ -> {};

  private DaemonSandbox(Path folder) throws IOException {
    this.folder = folder;
    this.root = Files.createDirectories(folder.resolve("repo"));
    this.tasks = root.resolve("tasks.md");
    this.settings = withReady(0); // what a test does not ask for is not in its way
    var home = Files.createDirectories(folder.resolve("home"));
    this.environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TZ", "UTC");
  }

  /// What works in worktrees is kept within these bounds.
  void enclose(ProgramEnclosure bounds) {
    enclosure = bounds;
    isEnclosed = true;
  }

  /// The sandbox that `create` made in that folder.
  static DaemonSandbox reopen(Path folder) throws IOException {
    return new DaemonSandbox(folder);
  }

  /// This JVM dies without a word when a run reaches `step` for the `countdown`th time.
  void crashAt(DaemonListener.Step step, AtomicInteger countdown) {
    onStep =
        reached -> {
          if (reached == step && countdown.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
          }
        };
  }

  /// The first time that a run reaches `step` the daemon breaks it off, as a full disk would.
  public void failAt(DaemonListener.Step step, String reason) {
    var hasFailed = new AtomicBoolean();
    onStep =
        reached -> {
          if (reached == step && hasFailed.compareAndSet(false, true)) {
            throw new UncheckedIOException(new IOException(reason));
          }
        };
  }

  /// What a test does.
  public interface Act {
    void run() throws IOException;
  }

  /// Each time that a run reaches `step`.
  public void onStep(DaemonListener.Step step, Act act) {
    onStep =
        reached -> {
          if (reached == step) {
            try {
              act.run();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
  }

  /// Each time that a run reaches `step` its thread ends so.
  void breakAt(DaemonListener.Step step, Error error) {
    onStep =
        reached -> {
          if (reached == step) {
            throw error;
          }
        };
  }

  /// A repository with one commit, and git kept from seeing the task file and worktrees.
  public static DaemonSandbox create(Path folder) throws IOException, InterruptedException {
    var sandbox = new DaemonSandbox(folder);
    sandbox.git("init", "-q", "-b", "main");
    sandbox.git("config", "user.name", "Ada");
    sandbox.git("config", "user.email", "ada@example.org");
    Files.writeString(sandbox.root.resolve("README.md"), "hello\n");
    sandbox.git("add", "README.md");
    sandbox.git("commit", "-q", "-m", "first");
    Files.writeString(sandbox.root.resolve(".git/info/exclude"), "/tasks.md\n/trees/\n/adws/\n");
    return sandbox;
  }

  public String git(String... args) throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(args));
    return run(argv);
  }

  String run(List<String> argv) throws IOException, InterruptedException {
    var finished = new Command(argv, root, environment, Duration.ofMinutes(3), new byte[0]).run();
    if (!finished.succeeded()) {
      throw new AssertionError(argv + ": " + finished.status() + "\n" + finished.errText());
    }
    return finished.outText().strip();
  }

  /// A workflow of that name: a shell script.
  public DaemonSandbox workflow(String name, String script) throws IOException {
    var file = Files.createDirectories(root.resolve("adws")).resolve(name + ".sh");
    Files.writeString(file, "#!/bin/sh\nset -eu\n" + script);
    return this;
  }

  public DaemonSandbox tasks(String text) throws IOException {
    Files.writeString(tasks, text);
    return this;
  }

  /// The task file, with the ids of runs and the hashes of commits replaced by `ID` and `HASH`.
  public String shown() throws IOException {
    return Files.readString(tasks)
        .replaceAll("adw_[0-9a-f]{8}", "ID")
        .replaceAll("✅ [0-9a-f]{7,40}", "✅ HASH");
  }

  public StateFolder state() {
    return StateFolder.of(root.resolve(".git"));
  }

  public List<Run> runs() throws IOException {
    var runs = new RunStore(state());
    var all = new ArrayList<Run>();
    for (var id : runs.ids()) {
      all.add(runs.read(id));
    }
    return all;
  }

  public DaemonContext context() throws IOException {
    var repository = Repository.open(root, new GitEnvironment(environment, clock));
    if (isEnclosed) {
      repository.enclose(enclosure);
    }
    var view = new GitFileView(repository, tasks);
    state().create();
    Files.createDirectories(state().journal().resolve("versions"));
    var file =
        TaskFile.open(
                TaskFileSettings.of(tasks, state().root()).withSettle(Duration.ZERO), clock, view)
            .telling(notices::add);
    var workflows =
        Workflows.of(
            root.resolve("adws"),
            new WorkflowSettings("adw_build", List.of(), List.of(), Set.of(), environment));
    return new DaemonContext(
        root,
        tasks,
        repository,
        file,
        view,
        new RunStore(state()),
        workflows,
        settings,
        new DaemonContext.World(clock, ZoneOffset.UTC, new Random(), environment, enclosure),
        listener());
  }

  private DaemonListener listener() {
    return new DaemonListener() {
      @Override
      public void happened(RunEvent event) {
        events.add(event);
      }

      @Override
      public void noticed(String notice) {
        notices.add(notice);
      }

      @Override
      public void reached(Step step) {
        onStep.accept(step);
      }
    };
  }

  /// A daemon in a JVM of its own, on this sandbox, with its ready, set-up and verify. One with
  /// ready worktrees stays.
  public Process startCrashing(DaemonListener.Step step, int nth) throws IOException {
    var argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingDaemon.class.getName(),
                folder.toString(),
                step.name(),
                Integer.toString(nth),
                Integer.toString(settings.worktrees().ahead().ready()),
                String.join("\n", settings.worktrees().setUp())));
    argv.addAll(settings.limits().verify());
    return new ProcessBuilder(argv)
        .redirectErrorStream(true)
        .redirectOutput(root.resolveSibling("crashing.log").toFile())
        .start();
  }

  public DaemonSettings withSetUp(String... lines) {
    var w = settings.worktrees();
    return with(List.of(lines), w.minFree(), w.ahead());
  }

  public DaemonSettings withTimeout(Duration timeout) {
    return with(timeout, settings.limits().verify());
  }

  public DaemonSettings withVerify(String... lines) {
    return with(settings.limits().timeout(), List.of(lines));
  }

  private DaemonSettings with(Duration timeout, List<String> verify) {
    var l = settings.limits();
    var limits =
        new DaemonSettings.Limits(
            timeout, l.idleTimeout(), l.retries(), verify, l.verifyTimeout(), l.approvalTimeout());
    return new DaemonSettings(settings.trigger(), settings.worktrees(), limits);
  }

  public DaemonSettings withMinFree(long bytes) {
    var w = settings.worktrees();
    return with(w.setUp(), bytes, w.ahead());
  }

  public DaemonSettings withReady(int count) {
    var ahead = settings.worktrees().ahead();
    return with(new DaemonSettings.Ahead(count, ahead.setUp(), ahead.inputs()));
  }

  public DaemonSettings with(DaemonSettings.Ahead ahead) {
    var w = settings.worktrees();
    return with(w.setUp(), w.minFree(), ahead);
  }

  private DaemonSettings with(List<String> setUp, long minFree, DaemonSettings.Ahead ahead) {
    var w = settings.worktrees();
    var worktrees =
        new DaemonSettings.Worktrees(
            w.dir(), w.base(), w.branch(), w.fetch(), setUp, minFree, w.keep(), w.sign(), ahead);
    return new DaemonSettings(settings.trigger(), worktrees, settings.limits());
  }

  public DaemonSettings withSlots(int slots) {
    var t = settings.trigger();
    return new DaemonSettings(
        new DaemonSettings.Trigger(t.poll(), slots, t.maxUnreviewed(), t.layout(), t.keepAwake()),
        settings.worktrees(),
        settings.limits());
  }

  public DaemonSettings withUnreviewed(int most) {
    var t = settings.trigger();
    return new DaemonSettings(
        new DaemonSettings.Trigger(t.poll(), t.maxConcurrent(), most, t.layout(), t.keepAwake()),
        settings.worktrees(),
        settings.limits());
  }

  public DaemonSettings withKeepAwake() {
    var t = settings.trigger();
    return new DaemonSettings(
        new DaemonSettings.Trigger(
            t.poll(), t.maxConcurrent(), t.maxUnreviewed(), t.layout(), true),
        settings.worktrees(),
        settings.limits());
  }

  /// In the environment of the daemon.
  public void variable(String name, String value) {
    environment.put(name, value);
  }

  /// A program that is found before all others of its name.
  public void program(String name, String script) throws IOException {
    var bin = Files.createDirectories(folder.resolve("bin"));
    var file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
  }

  public DaemonSettings withRetries(int retries) {
    var l = settings.limits();
    return new DaemonSettings(
        settings.trigger(),
        settings.worktrees(),
        new DaemonSettings.Limits(
            l.timeout(),
            l.idleTimeout(),
            retries,
            l.verify(),
            l.verifyTimeout(),
            l.approvalTimeout()));
  }

  public void hook(String name, String script) throws IOException {
    var file = root.resolve(".git/hooks").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// A daemon on a thread of its own, until it is closed.
  public Running start() throws IOException, InterruptedException {
    return start(context());
  }

  public Running start(DaemonContext context) throws IOException, InterruptedException {
    return new Running(Daemon.open(context));
  }

  public final class Running implements AutoCloseable {
    private final Daemon daemon;
    private final CompletableFuture<Daemon.End> end = new CompletableFuture<>();
    private boolean isClosed;

    private Running(Daemon daemon) {
      this.daemon = daemon;
      Thread.ofPlatform().name("daemon").start(this::run);
    }

    private void run() {
      try {
        end.complete(daemon.run(Daemon.Mode.UNTIL_STOPPED));
      } catch (IOException | InterruptedException | RuntimeException e) {
        end.completeExceptionally(e);
      }
    }

    public void leave() {
      daemon.leave();
    }

    public Daemon.End end() {
      try {
        var ended = end.get(3, TimeUnit.MINUTES);
        if (!isClosed) {
          isClosed = true;
          daemon.close();
        }
        return ended;
      } catch (InterruptedException | ExecutionException | TimeoutException | IOException e) {
        throw new AssertionError("the daemon did not end by itself", e);
      }
    }

    /// As if something had happened to the file.
    public void look() throws IOException {
      Files.setLastModifiedTime(tasks, FileTime.from(Instant.now()));
    }

    public void awaitEvent(String kind) {
      await().until(() -> events.stream().anyMatch(event -> event.kind().equals(kind)));
    }

    /// Until no run holds a slot and none is about to.
    public void awaitQuiet() {
      await().during(Duration.ofMillis(500)).until(() -> new RunStore(state()).liveIds().isEmpty());
    }

    public void awaitText(String text) {
      await().untilAsserted(() -> assertThat(shown()).isEqualTo(text));
    }

    /// Also one whose loop is over by now: until then it holds its lock, and the next daemon leaves
    /// its runs alone.
    @Override
    public void close() {
      if (!isClosed) {
        daemon.leave();
        end();
      }
    }
  }

  Daemon.End runUntilStopped() throws IOException, InterruptedException {
    try (var daemon = Daemon.open(context())) {
      return daemon.run(Daemon.Mode.UNTIL_STOPPED);
    }
  }

  public Daemon.End runUntilIdle() throws IOException, InterruptedException {
    try (var daemon = Daemon.open(context())) {
      return daemon.run(Daemon.Mode.UNTIL_IDLE);
    }
  }
}
