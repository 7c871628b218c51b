package adw.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whether any process has a file open for writing. Linux tells by a read lease, which it gives
/// only if nobody has (https://man7.org/linux/man-pages/man2/fcntl.2.html, F_SETLEASE).
public enum OpenWriter {
  NONE,
  SOME,
  /// Another system, a file system without leases, or another user's file.
  UNKNOWN;

  private static final int EAGAIN = 11;
  // O_RDONLY | O_NONBLOCK | O_CLOEXEC
  private static final long OPEN_TO_LOOK = 0x800 | 0x80000;
  private static final long F_SETSIG = 10;
  private static final long F_SETLEASE = 1024;
  private static final long F_RDLCK = 0;
  private static final long F_UNLCK = 2;
  // Ignored unless somebody asks for it; SIGIO, which is sent otherwise, would end the process.
  private static final long SIGURG = 23;

  public static OpenWriter of(Path file) throws IOException {
    var calls = Calls.FOUND;
    return calls.isEmpty() ? UNKNOWN : calls.get().ask(file);
  }

  /// Looked for when first needed.
  private record Calls(LinuxCall open, LinuxCall fcntl, LinuxCall close) {
    static final Optional<Calls> FOUND = find();

    private static Optional<Calls> find() {
      var found =
          List.of("open", "fcntl", "close").stream()
              .flatMap(name -> LinuxCall.find(name).stream())
              .toList();
      return found.size() == 3
          ? Optional.of(new Calls(found.get(0), found.get(1), found.get(2)))
          : Optional.empty();
    }

    OpenWriter ask(Path file) throws IOException {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(Linker.Option.captureStateLayout());
        var name = LibC.path(arena, file);
        var fd = (int) open.of(state, name.address(), OPEN_TO_LOOK, 0);
        if (fd < 0) {
          return UNKNOWN;
        }
        try {
          // A writer that opens the file while we hold the lease waits until it is given back.
          if ((int) fcntl.of(state, fd, F_SETSIG, SIGURG) == 0
              && (int) fcntl.of(state, fd, F_SETLEASE, F_RDLCK) == 0) {
            fcntl.of(state, fd, F_SETLEASE, F_UNLCK);
            return NONE;
          }
          return LinuxCall.errno(state) == EAGAIN ? SOME : UNKNOWN;
        } finally {
          close.of(state, fd);
        }
      } catch (IOException | RuntimeException | Error known) {
        throw known;
      } catch (Throwable strange) {
        throw new IOException(strange);
      }
    }
  }
}
