package adw.os.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Processes that a run, or one call within it, has left behind: they carry its mark in their
/// environment, wherever they were re-parented to. Only those that also work in its worktree are
/// ended.
public final class OrphanProcesses {
  public static final String MARK = "ADW_RUN_ID";

  private static final Duration BETWEEN_KILLS = Duration.ofMillis(200);

  /// Within that time no machine starts as many processes as there are numbers, 32,768 at least.
  private static final Duration YOUNG = Duration.ofSeconds(2);

  private static final Path PROC = Path.of("/proc");
  private static final int LOOKS_AT_EXEC = 20;
  private static final long EXEC_NANOS = 500_000;

  /// One process with the mark; `directory` is where it works.
  public record Leftover(ProcessIdentity identity, Path directory, String command) {}

  /// Grace periods: before the first signal, and between TERM and KILL.
  public record Patience(Duration beforeTerm, Duration beforeKill) {
    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10));
  }

  private final String mark;
  private final Path worktree;

  private final Supplier<List<Long>> candidates;

  private OrphanProcesses(String mark, Path worktree, Supplier<List<Long>> candidates) {
    this.mark = mark;
    this.worktree = worktree;
    this.candidates = candidates;
  }

  public static OrphanProcesses of(String runId, Path worktree) {
    var folder = real(worktree);
    return new OrphanProcesses(
        MARK + "=" + runId, folder, () -> WorkingDirectory.pidsWithin(folder));
  }

  /// Of a process that may leave behind what it likes.
  public static OrphanProcesses none() {
    return new OrphanProcesses(MARK + "=", Path.of("/"), List::of);
  }

  /// Those with a variable that only their own ancestor was given, wherever they work.
  public static OrphanProcesses ofMark(String variable, String value) {
    return new OrphanProcesses(variable + "=" + value, Path.of("/"), ProcessTable::pids);
  }

  /// The same of that ancestor: processes older than it are not even looked at, unless it is so old
  /// itself that all numbers may have been used since.
  public OrphanProcesses of(ChildProcess ancestor) {
    return new OrphanProcesses(
        mark,
        worktree,
        () ->
            ancestor.age().compareTo(YOUNG) < 0
                ? ProcessTable.pidsAfter(ancestor.pid())
                : ProcessTable.pids());
  }

  /// Those at work in the worktree.
  public List<Leftover> inside() {
    return marked(candidates.get());
  }

  /// Those at work elsewhere: to be shown, not ended.
  public List<Leftover> outside() {
    return marked(ProcessTable.pids()).stream().filter(one -> !isInside(one)).toList();
  }

  /// Ends those inside; whether there was one that did not end by itself. If there are none, which
  /// is usual, it costs one look at each process.
  public boolean sweep(Patience patience) throws InterruptedException {
    if (Signals.awaitNone(this::living, patience.beforeTerm())) {
      return false;
    }
    Signals.terminate(living());
    if (Signals.awaitNone(this::living, patience.beforeKill())) {
      return true;
    }
    for (int round = 0; round < 10; round++) {
      Signals.kill(living());
      if (Signals.awaitNone(this::living, BETWEEN_KILLS)) {
        return true;
      }
    }
    return true;
  }

  private Collection<ProcessIdentity> living() {
    return inside().stream().map(Leftover::identity).toList();
  }

  private boolean isInside(Leftover one) {
    return one.directory().startsWith(worktree);
  }

  private List<Leftover> marked(List<Long> pids) {
    var found = new ArrayList<Leftover>();
    var own = ProcessHandle.current().pid();
    for (var pid : pids) {
      if (pid != own && isMarked(pid)) {
        ProcessTable.find(pid)
            .filter(process -> !process.zombie())
            .flatMap(this::look)
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /// The one file that is read of every process.
  private boolean isMarked(long pid) {
    try {
      return ("\0" + environment(pid)).contains("\0" + mark + "\0");
    } catch (IOException endedOrNotOurs) {
      return false;
    }
  }

  /// It is empty, or has a single character, while a process changes its program: that takes less
  /// than a millisecond.
  private static String environment(long pid) throws IOException {
    var file = PROC.resolve(pid + "/environ");
    var environment = text(file);
    for (var left = LOOKS_AT_EXEC;
        !environment.endsWith("\0") && left > 0 && ProcessTable.isProgram(pid);
        left--) {
      LockSupport.parkNanos(EXEC_NANOS);
      environment = text(file);
    }
    return environment;
  }

  private Optional<Leftover> look(ProcessTable.Entry process) {
    var folder = PROC.resolve(Long.toString(process.pid()));
    try {
      var directory = Files.readSymbolicLink(folder.resolve("cwd"));
      var command = text(folder.resolve("cmdline")).replace('\0', ' ').strip();
      return Optional.of(new Leftover(ProcessIdentity.of(process), directory, command));
    } catch (IOException endedOrNotOurs) {
      return Optional.empty();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static Path real(Path worktree) {
    try {
      return worktree.toRealPath();
    } catch (IOException gone) {
      return worktree.toAbsolutePath().normalize();
    }
  }
}
