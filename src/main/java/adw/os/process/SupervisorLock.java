package adw.os.process;

import adw.os.LibC;
import adw.os.LinuxCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A lock on the file `alive` that a supervisor holds from before its first step until it ends,
/// however that happens. It tells its life also to who sees other numbers of processes, as in the
/// container that replaces the one it ran in. The lock belongs to the file as it was opened
/// (flock(2)). The starter takes it too, which shows that this disk has such locks, and lets go
/// once the child has been started: the child waits for nobody, and has its own before it says that
/// it began.
final class SupervisorLock implements AutoCloseable {
  private static final String FILE = "alive";
  private static final int READ_WRITE_CREATE = 0x2 | 0x40 | 0x80000;
  private static final int MODE = 0666;
  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;
  private static final int AT_ONCE = 4;

  /// What the lock says.
  enum Holder {
    LIVES,
    DEAD,
    /// There was no lock, or none can be asked about here.
    UNKNOWN
  }

  private final Path file;
  private final Arena arena;
  private final int descriptor;

  private SupervisorLock(Path file, Arena arena, int descriptor) {
    this.file = file;
    this.arena = arena;
    this.descriptor = descriptor;
  }

  /// Taken for a child that is about to be started; empty where the system has no such lock.
  static Optional<SupervisorLock> take(Path procDir) throws IOException {
    if (!isSupported() || !NewSession.canHold()) {
      return Optional.empty();
    }
    var lock = open(procDir.resolve(FILE));
    if (lock.tryLock(SHARED)) {
      return Optional.of(lock);
    }
    lock.close(); // not on this file system, or somebody asks in this very moment
    Files.deleteIfExists(procDir.resolve(FILE));
    return Optional.empty();
  }

  static Holder ask(Path procDir) throws IOException {
    if (!isSupported() || !Files.exists(procDir.resolve(FILE))) {
      return Holder.UNKNOWN;
    }
    try (var lock = open(procDir.resolve(FILE))) {
      return lock.tryLock(EXCLUSIVE) ? Holder.DEAD : Holder.LIVES;
    }
  }

  /// A call for nothing: the linker builds its code at the first one.
  static void prepare() throws IOException {
    if (isSupported()) {
      close(-1);
    }
  }

  private static boolean isSupported() {
    return Functions.OPEN.isPresent() && Functions.LOCK.isPresent();
  }

  private static SupervisorLock open(Path file) throws IOException {
    var arena = Arena.ofConfined();
    var name = LibC.path(arena, file);
    var open = Functions.OPEN.orElseThrow();
    var answer =
        LibC.call(arena, state -> (int) open.of(state, name.address(), READ_WRITE_CREATE, MODE, 0));
    if (answer.failed()) {
      arena.close();
      throw new IOException(file + ": cannot be opened: " + LibC.message(answer.errno()));
    }
    return new SupervisorLock(file, arena, (int) answer.value());
  }

  private boolean tryLock(int kind) throws IOException {
    var lock = Functions.LOCK.orElseThrow();
    return !LibC.call(arena, state -> (int) lock.of(state, descriptor, kind | AT_ONCE, 0, 0))
        .failed();
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    close(descriptor);
    arena.close();
  }

  private static void close(int descriptor) throws IOException {
    var close = Functions.CLOSE.orElseThrow();
    try (var arena = Arena.ofConfined()) {
      LibC.call(arena, state -> (int) close.of(state, descriptor, 0, 0, 0));
    }
  }

  private static final class Functions {
    static final Optional<LinuxCall> OPEN = LinuxCall.find("open");
    static final Optional<LinuxCall> LOCK = LinuxCall.find("flock");
    static final Optional<LinuxCall> CLOSE = LinuxCall.find("close");
  }
}
