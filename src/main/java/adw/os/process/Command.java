package adw.os.process;

import adw.os.MachineLack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program to run to its end. The environment is complete: nothing is inherited.
@SuppressWarnings("ArrayRecordComponent") // bytes are not compared
public record Command(
    List<String> argv,
    Path directory,
    Map<String, String> environment,
    Duration limit,
    byte[] input) {
  /// A pipe holds this much, so writing it never waits for the reader.
  private static final int PIPE = 32 << 10;

  private static final long SETTLE_MILLIS = 500;

  private static final Duration GRACE = Duration.ofSeconds(2);

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }

  public Command(
      List<String> argv, Path directory, Map<String, String> environment, Duration limit) {
    this(argv, directory, environment, limit, new byte[0]);
  }

  /// Waits for the end. A red exit code is a value; that the program cannot be started at all is an
  /// `IOException`. Past the limit, or if this thread is interrupted, the whole tree is ended; in
  /// somebody's custody it is theirs to say.
  public CommandResult run() throws IOException, InterruptedException {
    var custody = ChildCustody.find();
    return custody.isPresent() ? custody.get().run(this) : runHere();
  }

  private CommandResult runHere() throws IOException, InterruptedException {
    try (var child = start()) {
      var out = StreamCapture.start(child.out());
      var status = await(child);
      out.settle(SETTLE_MILLIS);
      var omitted = out.capture().omitted() + child.omitted();
      return new CommandResult(status, out.capture().bytes(), child.err(), omitted);
    }
  }

  /// Why it cannot be started, if that can be seen: for who starts it by another program.
  public Optional<String> findProblem() {
    return StartProblem.find(argv.getFirst(), directory, environment);
  }

  /// For whoever reads the output while it comes. The limit is the caller's then.
  public ChildProcess start() throws IOException {
    try {
      return listenedTo(startProcess());
    } catch (OutOfMemoryError e) {
      if (!MachineLack.isPassing(e)) {
        throw e;
      }
      throw (IOException) new MachineLack(argv.getFirst() + ": " + e.getMessage()).initCause(e);
    }
  }

  private ChildProcess listenedTo(Process process) {
    try {
      feed(process);
      return new ChildProcess(process);
    } catch (OutOfMemoryError e) {
      ProcessTree.of(process.pid()).kill(); // nobody would ever read what it says
      throw e;
    }
  }

  private Process startProcess() throws IOException {
    try {
      var words = new ArrayList<>(argv);
      words.set(0, path(argv.getFirst()));
      var builder = ProcessStart.builder(words, directory, environment);
      return (input.length == 0 ? builder.redirectInput(ProcessStart.NOTHING) : builder).start();
    } catch (IOException e) {
      throw StartProblem.of(argv.getFirst(), directory, environment, e);
    }
  }

  /// The JDK would look along our own `PATH`.
  private String path(String name) throws IOException {
    return name.indexOf('/') >= 0
        ? name
        : ProgramPath.find(name, directory, environment)
            .orElseThrow(() -> new IOException(name + ": not found on the PATH"))
            .toAbsolutePath()
            .toString();
  }

  private void feed(Process process) {
    if (input.length > PIPE) {
      ListenerThreads.start(() -> write(process));
    } else if (input.length > 0) {
      write(process);
    }
  }

  private void write(Process process) {
    try (var stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException unread) {
      // A program may end without reading its input; its exit code tells whether that is wrong.
      return;
    }
  }

  private ExitStatus await(ChildProcess child) throws InterruptedException {
    var status = child.await(limit);
    if (status.isPresent()) {
      return status.get();
    }
    child.tree().end(GRACE);
    return new ExitStatus.TimedOut(limit);
  }
}
