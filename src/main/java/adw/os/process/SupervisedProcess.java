package adw.os.process;

import adw.os.NewFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What the folder of a supervised process says of it: `started`, `pid` and `exit`. The line of a
/// file counts once its newline is there.
public sealed interface SupervisedProcess {
  /// No supervisor began, or it was withdrawn and none ever will.
  record NotStarted() implements SupervisedProcess {}

  /// A supervisor is between its first step and writing its identity.
  record Starting() implements SupervisedProcess {}

  /// Its supervisor lives, or it cannot be said from here (`supervisor.judge()`).
  record Running(ProcessIdentity supervisor) implements SupervisedProcess {}

  record Exited(int code) implements SupervisedProcess {}

  /// It began, has no exit code, and its supervisor does not live.
  record Gone() implements SupervisedProcess {}

  /// A supervisor began and ended before it could run the workflow.
  record Unborn() implements SupervisedProcess {}

  static SupervisedProcess look(Path procDir) throws IOException {
    return look(procDir, () -> isAtWork(procDir));
  }

  /// The same for who may know better whether its supervisor lives: to find that out costs a look
  /// at every process.
  static SupervisedProcess look(Path procDir, BooleanSupplier isSupervised) throws IOException {
    var code = exitCode(procDir);
    if (code.isPresent()) {
      return new Exited(code.get());
    }
    var identity = line(procDir, "pid").flatMap(ProcessIdentity::parse);
    if (identity.isPresent()) {
      return judged(procDir, identity.get());
    }
    var started = read(procDir, "started");
    if (started.isEmpty() || started.get().equals(WITHDRAWN)) {
      return new NotStarted();
    }
    return began(procDir, isSupervised);
  }

  /// Makes sure that no supervisor will run the workflow any more; false if one began before.
  static boolean tryWithdraw(Path procDir) throws IOException {
    try {
      NewFolders.makeWithParent(procDir);
      Files.createFile(procDir.resolve("started"));
      Files.writeString(procDir.resolve("started"), WITHDRAWN);
      return true;
    } catch (FileAlreadyExistsException begun) {
      return read(procDir, "started").equals(Optional.of(WITHDRAWN));
    }
  }

  /// What an unborn one has left is taken away, so that a supervisor can begin there.
  static void forgetUnborn(Path procDir) throws IOException {
    for (var file : List.of("pid", UNBORN, "started")) {
      Files.deleteIfExists(procDir.resolve(file));
    }
  }

  String UNBORN = "unborn";

  String WITHDRAWN = "withdrawn\n";

  int LONGEST_LINE = 1000;

  private static SupervisedProcess judged(Path procDir, ProcessIdentity supervisor)
      throws IOException {
    if (judge(procDir, supervisor) != Liveness.DEAD) {
      return new Running(supervisor);
    }
    // It may have written its result between our first look and its end.
    var code = exitCode(procDir);
    if (code.isPresent()) {
      return new Exited(code.get());
    }
    return Files.exists(procDir.resolve(UNBORN)) ? new Unborn() : new Gone();
  }

  /// Where its number means nothing here its lock tells, if that is one of this kernel.
  static Liveness judge(Path procDir, ProcessIdentity supervisor) throws IOException {
    var life = supervisor.judge();
    if (life != Liveness.UNKNOWN || !supervisor.isOfThisKernel()) {
      return life;
    }
    return switch (SupervisorLock.ask(procDir)) {
      case LIVES -> Liveness.ALIVE;
      case DEAD -> Liveness.DEAD;
      case UNKNOWN -> Liveness.UNKNOWN;
    };
  }

  /// Whether a supervisor of this folder lives.
  static boolean isAtWork(Path procDir) {
    var folder = procDir.toAbsolutePath().toString();
    return ProcessTable.commands().anyMatch(argv -> Supervisor.isOne(argv, folder));
  }

  /// Decided by looking for the supervisor itself, not by a clock.
  private static SupervisedProcess began(Path procDir, BooleanSupplier isSupervised)
      throws IOException {
    if (isSupervised.getAsBoolean() || SupervisorLock.ask(procDir) == SupervisorLock.Holder.LIVES) {
      return new Starting();
    }
    var identity = line(procDir, "pid").flatMap(ProcessIdentity::parse);
    // It writes who it is before it runs anything.
    return identity.isPresent() ? judged(procDir, identity.get()) : new Unborn();
  }

  private static Optional<Integer> exitCode(Path procDir) throws IOException {
    return line(procDir, "exit")
        .filter(text -> text.matches("\\d{1,3}\n"))
        .map(text -> Integer.valueOf(text.strip()));
  }

  private static Optional<String> line(Path procDir, String file) throws IOException {
    return read(procDir, file).filter(text -> text.endsWith("\n"));
  }

  /// Most often it is not there yet, which an exception would tell at ten times the price.
  private static Optional<String> read(Path procDir, String file) throws IOException {
    if (!Files.isRegularFile(procDir.resolve(file))) {
      return Optional.empty();
    }
    try (var stream = Files.newInputStream(procDir.resolve(file))) {
      return Optional.of(new String(stream.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }
}
