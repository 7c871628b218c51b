package adw.os.process;

import adw.os.NewFolders;
import adw.os.ProblemWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Starts a process that outlives this JVM: a small shell in a session of its own that records the
/// process's identity and exit code in a folder. Read them with `SupervisedProcess`.
public final class Supervisor {
  private static final String NAME = "adw-supervisor";
  private static final String OUT = "stdout.log";
  private static final String ERR = "stderr.log";
  private static final List<String> SHELL = List.of("/bin/sh");
  private static final String SCRIPT = script();

  private Supervisor() {}

  /// What to run, and where. Output is appended to `stdout.log` and `stderr.log` of the folder.
  public record Job(
      List<String> argv, Path directory, Map<String, String> environment, Path stdin) {
    public Job {
      argv = List.copyOf(argv);
      environment = Map.copyOf(environment);
    }
  }

  /// The supervisor as our own child; `ended` completes at once when it ends.
  public record Started(long pid, CompletableFuture<Void> ended) {}

  /// If the folder says that one began before, the workflow is not run a second time.
  public static Started start(Path procDir, Job job) throws IOException {
    return start(SHELL, procDir, job);
  }

  static Started start(List<String> shell, Path procDir, Job job) throws IOException {
    NewFolders.makeWithParent(procDir);
    var folder = procDir.toAbsolutePath();
    var argv = argv(shell, folder, job);
    var lock = SupervisorLock.take(folder);
    try {
      return start(lock.map(SupervisorLock::file), argv, folder, job);
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  private static Started start(Optional<Path> lock, List<String> argv, Path folder, Job job)
      throws IOException {
    var detached = NewSession.prefix(lock);
    detached.addAll(argv);
    var builder =
        ProcessStart.builder(detached, job.directory(), job.environment())
            .redirectInput(job.stdin().toFile())
            .redirectOutput(Redirect.appendTo(folder.resolve(OUT).toFile()))
            .redirectError(Redirect.appendTo(folder.resolve(ERR).toFile()));
    try {
      var process = builder.start();
      return new Started(process.pid(), process.onExit().thenApply(_ -> null));
    } catch (IOException e) {
      throw new IOException(
          "%s: cannot be started with input %s: %s"
              .formatted(job.directory(), job.stdin(), problem(job, e)),
          e);
    }
  }

  private static String problem(Job job, IOException why) {
    return Files.isDirectory(job.directory()) ? ProblemWords.of(why) : "no such folder";
  }

  /// Makes ready what the first start would take milliseconds for.
  public static void prepare() {
    try {
      if (NewSession.canHold()) {
        SupervisorLock.prepare();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static boolean isOne(List<String> argv, String procDir) {
    var at = argv.indexOf(NAME);
    return at >= 0 && at + 1 < argv.size() && argv.get(at + 1).equals(procDir);
  }

  static List<String> argv(List<String> shell, Path folder, Job job) {
    var argv = new ArrayList<>(shell);
    argv.addAll(List.of("-c", SCRIPT, NAME, folder.toString()));
    argv.addAll(List.of(HostIdentity.BOOT, HostIdentity.PID_NAMESPACE, HostIdentity.HOST));
    var program = job.argv().getFirst();
    // A name alone could be one of the shell's own words.
    argv.add(ProgramPath.find(program, job.environment()).map(Path::toString).orElse(program));
    argv.addAll(job.argv().subList(1, job.argv().size()));
    return argv;
  }

  /// Handed to the shell as text: no file that could be gone, edited or on a disk without x.
  private static String script() {
    try (var stream = Supervisor.class.getResourceAsStream("supervisor.sh")) {
      if (stream == null) {
        throw new IllegalStateException(
            "supervisor.sh is missing from the program (build it anew)");
      }
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).reduce("", (a, b) -> a + b + "\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
