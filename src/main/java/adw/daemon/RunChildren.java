package adw.daemon;

import adw.os.Command;
import adw.os.Custody;
import adw.os.ExitStatus;
import adw.os.Finished;
import adw.os.Leftovers;
import adw.os.Leftovers.Patience;
import adw.os.Supervised;
import adw.os.Supervisor;
import adw.run.Run;
import adw.workflow.Ending;
import adw.workflow.Limits;
import adw.workflow.WorkflowProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The git programs, hooks and filters that are started for a run, or for the daemon itself: each
/// recorded in a folder, limited and ended as a workflow is, so that `adw stop` and the next daemon
/// know it.
final class RunChildren implements Custody {
  /// In the environment of a child and of all that it starts: its folder.
  static final String MARK = "ADW_CHILD";

  /// Written into the folder of a child, and of no other process of a run.
  private static final String COMMAND = "command";

  private static final Path NO_INPUT = Path.of("/dev/null");
  private static final long MAX_LOG = 1L << 30;
  private static final Patience PATIENCE = new Patience(Duration.ZERO, Duration.ofSeconds(3));

  /// What may still be called to keep the work of a run that is to end has so long.
  private static final Duration LAST = Duration.ofSeconds(4);

  private final Path folder;
  private final String owner;
  private final Stopping stopping;
  private final Settings.Limits limits;

  private RunChildren(Path folder, String owner, Stopping stopping, Settings.Limits limits) {
    this.folder = folder;
    this.owner = owner;
    this.stopping = stopping;
    this.limits = limits;
  }

  static RunChildren of(Site site, Run run, Stopping stopping) {
    var folder = site.state().run(run.id()).resolve("proc");
    return new RunChildren(folder, run.id(), stopping, site.settings().limits());
  }

  /// Those of no run, mostly fetches.
  static RunChildren ofDaemon(Site site, String daemon, Stopping stopping) {
    var folder = ofDaemon(site, daemon);
    return new RunChildren(folder, daemon, stopping, site.settings().limits());
  }

  /// The folder of those of a daemon.
  static Path ofDaemon(Site site, String daemon) {
    return ofDaemons(site).resolve(daemon);
  }

  private static Path ofDaemons(Site site) {
    return site.state().root().resolve("proc");
  }

  @Override
  public Finished run(Command command) throws IOException, InterruptedException {
    var child = create(command);
    // To keep the work of a run that is to end takes git, but no hook that hangs.
    var isLast = stopping.find(owner).isPresent();
    var ending = isLast ? await(child, command, LAST) : watched(child, command);
    refuseUnstartable(command, ending);
    var finished = finished(child, command, ending);
    if (finished.succeeded() && finished.err().length == 0) {
      delete(child);
    }
    return finished;
  }

  /// The shell that starts it says so with these codes; a program may give them too.
  private static void refuseUnstartable(Command command, Ending ending) throws IOException {
    if (ending instanceof Ending.Exited(var code) && (code == 126 || code == 127)) {
      var problem = command.findProblem();
      if (problem.isPresent()) {
        throw new IOException(problem.get());
      }
    }
  }

  private Path create(Command command) throws IOException {
    Files.createDirectories(folder);
    var name = name(command.argv());
    for (var number = 1; ; number++) {
      var child = folder.resolve(number == 1 ? name : name + "-" + number);
      if (!Files.exists(child)) {
        Files.createDirectory(child);
        Files.writeString(child.resolve(COMMAND), String.join(" ", command.argv()) + "\n");
        return child;
      }
    }
  }

  /// `git-commit`, `post-checkout`.
  private static String name(List<String> argv) {
    var program = String.valueOf(Path.of(argv.getFirst()).getFileName());
    var verb = argv.stream().skip(1).filter(word -> word.matches("[a-z][a-z-]+")).findFirst();
    return verb.map(word -> program + "-" + word).orElse(program);
  }

  private Ending watched(Path child, Command command) throws IOException, InterruptedException {
    var process = start(child, command);
    try (var _ = stopping.watch(owner, process::cancel)) {
      return end(child, process, limits(command.limit(), limits.idleTimeout()));
    }
  }

  private Ending await(Path child, Command command, Duration longest)
      throws IOException, InterruptedException {
    return end(child, start(child, command), limits(longest, longest));
  }

  private Limits limits(Duration longest, Duration idle) {
    var timeout = limits.timeout();
    var isShorter = timeout.isPositive() && timeout.compareTo(longest) < 0;
    return new Limits(isShorter ? timeout : longest, idle, MAX_LOG, PATIENCE);
  }

  private WorkflowProcess start(Path child, Command command) throws IOException {
    var environment = new HashMap<>(command.environment());
    environment.put(Leftovers.MARK, owner);
    environment.put(MARK, child.toString());
    var job =
        new Supervisor.Job(command.argv(), command.directory(), environment, input(child, command));
    return WorkflowProcess.launch(child, job);
  }

  private static Path input(Path child, Command command) throws IOException {
    return command.input().length == 0
        ? NO_INPUT
        : Files.write(child.resolve("stdin"), command.input());
  }

  /// What one that did not end by itself has left, wherever it works by now, is ended too.
  private static Ending end(Path child, WorkflowProcess process, Limits limits)
      throws IOException, InterruptedException {
    var ending = process.await(limits, Leftovers.none());
    if (!(ending instanceof Ending.Exited(var code)) || new ExitStatus.Exited(code).isKilled()) {
      Leftovers.ofMark(MARK, child.toString()).sweep(PATIENCE);
    }
    return ending;
  }

  private static Finished finished(Path child, Command command, Ending ending) throws IOException {
    var status =
        switch (ending) {
          case Ending.Exited(var code) -> new ExitStatus.Exited(code);
          case Ending.TimedOut(var limit) -> new ExitStatus.TimedOut(limit);
          case Ending.Idle(var limit) -> new ExitStatus.TimedOut(limit);
          case Ending.LogTooLarge _ -> new ExitStatus.TimedOut(command.limit());
          case Ending.Gone() -> new ExitStatus.Exited(137);
          case Ending.Cancelled() -> new ExitStatus.Stopped();
        };
    return new Finished(status, read(child, "stdout.log"), read(child, "stderr.log"), 0);
  }

  private static byte[] read(Path child, String log) throws IOException {
    try {
      return Files.readAllBytes(child.resolve(log));
    } catch (NoSuchFileException unstarted) {
      return new byte[0];
    }
  }

  /// Waits for those that an earlier daemon started for this run, and for what has become of them;
  /// their limits go on. If the run is to end they are ended.
  void settle() throws IOException, InterruptedException {
    for (var child : children(folder)) {
      var process = WorkflowProcess.adopt(child);
      try (var _ = stopping.watch(owner, process::cancel)) {
        end(child, process, limits(Duration.ofMinutes(30), limits.idleTimeout()));
      }
    }
  }

  /// Ends what daemons that are dead now had started for themselves.
  static void clearDead(Site site) throws IOException, InterruptedException {
    for (var folder : entries(ofDaemons(site))) {
      if (!Presence.isLive(site.state(), String.valueOf(folder.getFileName()))) {
        clear(folder);
      }
    }
  }

  /// Ends all of them, and forgets them.
  void clear() throws IOException, InterruptedException {
    clear(folder);
  }

  private static void clear(Path folder) throws IOException, InterruptedException {
    endAll(folder);
    for (var child : entries(folder)) {
      delete(child);
    }
    Files.deleteIfExists(folder);
  }

  /// Ends all that lives in the folders below; from any process.
  static void endAll(Path folder) throws IOException, InterruptedException {
    for (var child : children(folder)) {
      var process = WorkflowProcess.adopt(child);
      process.cancel();
      end(child, process, new Limits(Duration.ZERO, Duration.ZERO, MAX_LOG, PATIENCE));
    }
  }

  /// Whose end nobody has seen.
  private static List<Path> children(Path folder) throws IOException {
    var living = new ArrayList<Path>();
    for (var child : entries(folder)) {
      if (isOne(child) && mayLive(child)) {
        living.add(child);
      }
    }
    return living;
  }

  private static boolean mayLive(Path child) throws IOException {
    return switch (Supervised.look(child)) {
      case Supervised.Exited _, Supervised.Unborn _ -> false;
      case Supervised.NotStarted _,
          Supervised.Starting _,
          Supervised.Running _,
          Supervised.Gone _ ->
          true;
    };
  }

  private static boolean isOne(Path folder) {
    return Files.exists(folder.resolve(COMMAND));
  }

  private static List<Path> entries(Path folder) throws IOException {
    var entries = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(folder)) {
      found.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
    return entries;
  }

  private static void delete(Path child) throws IOException {
    for (var file : entries(child)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(child);
  }
}
