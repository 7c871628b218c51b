package adw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalLong;

/// Room on the disk: how much is left, copies that need none, and the middle of a log given back.
public final class Disk {
  private static final int READ = 0;
  private static final int WRITE = 1;
  private static final long FICLONE = 0x40049409L;
  private static final int PUNCH_HOLE_KEEP_SIZE = 2 | 1;
  private static final long BLOCK = 4096;

  // struct statvfs of <sys/statvfs.h> on 64-bit Linux; the size is larger than any.
  private static final int STATVFS_SIZE = 256;
  private static final long FILES = 5;
  private static final long FREE_FILES = 7;

  private Disk() {}

  /// What an ordinary user may still write there.
  public static long freeBytes(Path folder) throws IOException {
    var free = folder.toFile().getUsableSpace();
    return free > 0
        ? free
        : Files.getFileStore(folder).getUsableSpace(); // which says what is wrong
  }

  /// How many more files fit there; empty where that is not limited, or cannot be known.
  public static OptionalLong freeFiles(Path folder) throws IOException {
    if (Functions.STATVFS.isEmpty()) {
      return OptionalLong.empty();
    }
    try (var arena = Arena.ofConfined()) {
      var answer = arena.allocate(STATVFS_SIZE, Long.BYTES);
      var path = LibC.path(arena, folder);
      var statvfs = Functions.STATVFS.get();
      var called =
          LibC.call(
              arena, state -> (int) statvfs.of(state, path.address(), answer.address(), 0, 0));
      var all = answer.getAtIndex(JAVA_LONG, FILES);
      return called.failed() || all == 0
          ? OptionalLong.empty()
          : OptionalLong.of(answer.getAtIndex(JAVA_LONG, FREE_FILES));
    }
  }

  /// A new file with the same content, times and mode; the blocks are shared where the file system
  /// can. Fails if the target exists. Links are copied as links.
  public static void copy(Path source, Path target) throws IOException {
    if (!LibC.LINUX || !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(source, target, COPY);
      return;
    }
    Files.createFile(target);
    if (!tryClone(source, target)) {
      Files.delete(target);
      Files.copy(source, target, COPY);
      return;
    }
    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(source));
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
  }

  private static final CopyOption[] COPY = {
    StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS
  };

  /// Gives back the blocks between the first and the last `keep` bytes of a file that others go on
  /// writing; it reads as zeros there. False, and nothing happens, where that cannot be done.
  public static boolean tryPunchMiddle(Path file, long keep) throws IOException {
    var from = Math.ceilDiv(keep, BLOCK) * BLOCK;
    var length = (Files.size(file) - keep) / BLOCK * BLOCK - from;
    if (!LibC.LINUX || length <= 0 || Functions.FALLOCATE.isEmpty()) {
      return false;
    }
    var punch = Functions.FALLOCATE.get();
    try (var fd = Descriptor.open(file, WRITE)) {
      return fd.call(
          state -> (int) punch.invokeExact(state, fd.number(), PUNCH_HOLE_KEEP_SIZE, from, length));
    }
  }

  private static boolean tryClone(Path source, Path target) throws IOException {
    if (Functions.IOCTL.isEmpty()) {
      return false;
    }
    var ioctl = Functions.IOCTL.get();
    try (var from = Descriptor.open(source, READ);
        var to = Descriptor.open(target, WRITE)) {
      return to.call(state -> (int) ioctl.invokeExact(state, to.number(), FICLONE, from.number()));
    }
  }

  /// An open file as the kernel numbers it, with the memory of the calls on it.
  private record Descriptor(Arena arena, int number) implements AutoCloseable {
    private static final int CLOSE_ON_EXEC = LibC.LINUX ? 0x80000 : 0x1000000;

    static Descriptor open(Path file, int mode) throws IOException {
      var arena = Arena.ofConfined();
      var name = LibC.path(arena, file);
      var open = Functions.OPEN.orElseThrow();
      var answer =
          LibC.call(arena, state -> (int) open.invokeExact(state, name, mode | CLOSE_ON_EXEC));
      if (answer.failed()) {
        arena.close();
        throw new IOException(file + ": cannot be opened: " + LibC.message(answer.errno()));
      }
      return new Descriptor(arena, (int) answer.value());
    }

    boolean call(LibC.Call call) throws IOException {
      return !LibC.call(arena, call).failed();
    }

    @Override
    public void close() throws IOException {
      var close = Functions.CLOSE.orElseThrow();
      call(state -> (int) close.invokeExact(state, number));
      arena.close();
    }
  }

  private static final class Functions {
    static final Optional<LinuxCall> STATVFS = LinuxCall.find("statvfs");
    static final Optional<MethodHandle> OPEN = LibC.find("open", 2, LibC.type(ADDRESS, JAVA_INT));
    static final Optional<MethodHandle> CLOSE = LibC.find("close", 1, LibC.type(JAVA_INT));
    static final Optional<MethodHandle> IOCTL =
        LibC.find("ioctl", 2, LibC.type(JAVA_INT, JAVA_LONG, JAVA_INT));
    static final Optional<MethodHandle> FALLOCATE =
        LibC.find("fallocate", 4, LibC.type(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  }
}
