package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonLock;
import adw.daemon.context.DaemonSettings;
import adw.os.NewFolders;
import adw.os.process.ChildCustody;
import adw.os.process.Command;
import adw.os.process.CommandResult;
import adw.os.process.ExitStatus;
import adw.os.process.OrphanProcesses;
import adw.os.process.OrphanProcesses.Patience;
import adw.os.process.SupervisedProcess;
import adw.os.process.Supervisor;
import adw.run.Run;
import adw.workflow.ProcessEnd;
import adw.workflow.ProcessLimits;
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
public final class RunChildren implements ChildCustody {
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
  private final CancelRequests stopping;
  private final DaemonSettings.Limits limits;

  private RunChildren(
      Path folder, String owner, CancelRequests stopping, DaemonSettings.Limits limits) {
    this.folder = folder;
    this.owner = owner;
    this.stopping = stopping;
    this.limits = limits;
  }

  public static RunChildren of(DaemonContext context, Run run, CancelRequests stopping) {
    var folder = context.state().run(run.id()).resolve("proc");
    return new RunChildren(folder, run.id(), stopping, context.settings().limits());
  }

  /// Those of no run, mostly fetches.
  public static RunChildren ofDaemon(
      DaemonContext context, String daemon, CancelRequests stopping) {
    var folder = ofDaemon(context, daemon);
    return new RunChildren(folder, daemon, stopping, context.settings().limits());
  }

  /// The folder of those of a daemon.
  public static Path ofDaemon(DaemonContext context, String daemon) {
    return ofDaemons(context).resolve(daemon);
  }

  private static Path ofDaemons(DaemonContext context) {
    return context.state().root().resolve("proc");
  }

  @Override
  public CommandResult run(Command command) throws IOException, InterruptedException {
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
  private static void refuseUnstartable(Command command, ProcessEnd ending) throws IOException {
    if (ending instanceof ProcessEnd.Exited(var code) && (code == 126 || code == 127)) {
      var problem = command.findProblem();
      if (problem.isPresent()) {
        throw new IOException(problem.get());
      }
    }
  }

  private Path create(Command command) throws IOException {
    NewFolders.makeWithParent(folder);
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

  private ProcessEnd watched(Path child, Command command) throws IOException, InterruptedException {
    var process = start(child, command);
    try (var _ = stopping.watch(owner, process::cancel)) {
      return end(child, process, limits(command.limit(), limits.idleTimeout()));
    }
  }

  private ProcessEnd await(Path child, Command command, Duration longest)
      throws IOException, InterruptedException {
    return end(child, start(child, command), limits(longest, longest));
  }

  private ProcessLimits limits(Duration longest, Duration idle) {
    var timeout = limits.timeout();
    var isShorter = timeout.isPositive() && timeout.compareTo(longest) < 0;
    return new ProcessLimits(isShorter ? timeout : longest, idle, MAX_LOG, PATIENCE);
  }

  private WorkflowProcess start(Path child, Command command) throws IOException {
    var environment = new HashMap<>(command.environment());
    environment.put(OrphanProcesses.MARK, owner);
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
  private static ProcessEnd end(Path child, WorkflowProcess process, ProcessLimits limits)
      throws IOException, InterruptedException {
    var ending = process.await(limits, OrphanProcesses.none());
    if (!(ending instanceof ProcessEnd.Exited(var code))
        || new ExitStatus.Exited(code).isKilled()) {
      OrphanProcesses.ofMark(MARK, child.toString()).sweep(PATIENCE);
    }
    return ending;
  }

  private static CommandResult finished(Path child, Command command, ProcessEnd ending)
      throws IOException {
    var status =
        switch (ending) {
          case ProcessEnd.Exited(var code) -> new ExitStatus.Exited(code);
          case ProcessEnd.TimedOut(var limit) -> new ExitStatus.TimedOut(limit);
          case ProcessEnd.Idle(var limit) -> new ExitStatus.TimedOut(limit);
          case ProcessEnd.LogTooLarge _ -> new ExitStatus.TimedOut(command.limit());
          case ProcessEnd.Gone() -> new ExitStatus.Exited(137);
          case ProcessEnd.Cancelled() -> new ExitStatus.Stopped();
        };
    return CommandResult.read(status, child.resolve("stdout.log"), child.resolve("stderr.log"));
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
  public static void clearDead(DaemonContext context) throws IOException, InterruptedException {
    for (var folder : entries(ofDaemons(context))) {
      if (!DaemonLock.isLive(context.state(), String.valueOf(folder.getFileName()))) {
        clear(folder);
      }
    }
  }

  /// Ends all of them, and forgets them.
  public void clear() throws IOException, InterruptedException {
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
  public static void endAll(Path folder) throws IOException, InterruptedException {
    for (var child : children(folder)) {
      var process = WorkflowProcess.adopt(child);
      process.cancel();
      end(child, process, new ProcessLimits(Duration.ZERO, Duration.ZERO, MAX_LOG, PATIENCE));
    }
  }

  /// Whose end, or that of what they started, nobody has seen.
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
    return switch (SupervisedProcess.look(child)) {
      case SupervisedProcess.Exited(var code) -> new ExitStatus.Exited(code).isKilled();
      case SupervisedProcess.Unborn _ -> false;
      case SupervisedProcess.NotStarted _,
          SupervisedProcess.Starting _,
          SupervisedProcess.Running _,
          SupervisedProcess.Gone _ ->
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
