package adw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Two files change names in one step: at no moment is one of the names missing, and what was under
/// either name is kept under the other.
public final class NameExchange {
  private static final int HERE = -100;
  private static final int SWAP = 2;
  private static final int EACCES = 13;
  private static final int EPERM = 1;

  private NameExchange() {}

  /// `AtomicMoveNotSupportedException` where the system or this file system cannot.
  public static void swap(Path a, Path b) throws IOException {
    swap(a, b, Functions.EXCHANGE);
  }

  static void swap(Path a, Path b, Optional<Way> way) throws IOException {
    if (way.isEmpty()) {
      throw new AtomicMoveNotSupportedException(
          a.toString(), b.toString(), "this system cannot exchange two names");
    }
    try (var arena = Arena.ofConfined()) {
      var first = LibC.path(arena, a);
      var second = LibC.path(arena, b);
      var answer = LibC.call(arena, state -> way.get().swap(state, first, second));
      if (answer.failed()) {
        throw failure(a, b, answer.errno());
      }
    }
  }

  /// Tried with two files of its own in that folder, which are gone afterwards.
  public static boolean isSupported(Path folder) throws IOException {
    var a = Files.createTempFile(folder, ".adw-exchange", "");
    try {
      var b = Files.createTempFile(folder, ".adw-exchange", "");
      try {
        swap(a, b);
        return true;
      } catch (AtomicMoveNotSupportedException cannot) {
        return false;
      } finally {
        Files.deleteIfExists(b);
      }
    } finally {
      Files.deleteIfExists(a);
    }
  }

  /// The call of this system.
  interface Way {
    long swap(MemorySegment state, MemorySegment a, MemorySegment b) throws Throwable;
  }

  private static IOException failure(Path a, Path b, int errno) {
    if (errno == LibC.EINVAL || errno == LibC.ENOSYS || errno == LibC.EOPNOTSUPP) {
      return new AtomicMoveNotSupportedException(
          a.toString(), b.toString(), "this file system cannot exchange two names");
    }
    return switch (errno) {
      case LibC.ENOENT -> new NoSuchFileException(a.toString(), b.toString(), "no such file");
      case EACCES, EPERM ->
          new AccessDeniedException(a.toString(), b.toString(), "exchange is not permitted");
      default ->
          new FileSystemException(
              a.toString(), b.toString(), "exchange failed: " + LibC.message(errno));
    };
  }

  /// Looked up at the first exchange, not at the start of the program.
  private static final class Functions {
    static final Optional<Way> EXCHANGE =
        LinuxCall.find("renameat2")
            .map(Functions::renameat2)
            .or(Functions::systemCall)
            .or(Functions::renamex);

    private static Way renameat2(LinuxCall call) {
      return (state, a, b) -> (int) call.of(state, HERE, a.address(), HERE, b.address(), SWAP, 0);
    }

    private static Optional<Way> systemCall() {
      var number = LibC.systemCall(316, 276);
      return LinuxCall.find("syscall")
          .filter(_ -> number.isPresent())
          .map(call ->
              (state, a, b) ->
                  (int) call.of(state, number.get(), HERE, a.address(), HERE, b.address(), SWAP));
    }

    private static Optional<Way> renamex() {
      return LibC.find("renamex_np", 3, LibC.type(ADDRESS, ADDRESS, JAVA_INT))
          .map(call -> (state, a, b) -> (int) call.invokeExact(state, a, b, SWAP));
    }
  }
}
