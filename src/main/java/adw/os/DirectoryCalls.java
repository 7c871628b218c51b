package adw.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/// The system calls that work relative to an open directory, with one thread's own buffers: a
/// checkout makes several for each file, so nothing is allocated here.
final class DirectoryCalls {
  static final int AT_FDCWD = -100;
  static final int ENOENT = 2;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int ENOTEMPTY = 39;

  private static final int CHUNK = 1 << 16;
  private static final int NAME = 1 << 13;
  private static final int STATX = 256;
  private static final int STATX_BASIC = 0x7ff;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_REMOVEDIR = 0x200;
  // UTIME_OMIT of <sys/stat.h>
  private static final long OMIT = (1L << 30) - 2;

  private static final List<String> NAMES =
      List.of(
          "openat",
          "close",
          "write",
          "read",
          "mkdirat",
          "symlinkat",
          "statx",
          "utimensat",
          "futimens",
          "getdents64",
          "readlinkat",
          "unlinkat");
  private static final List<LinuxCall> FOUND =
      NAMES.stream().flatMap(name -> LinuxCall.find(name).stream()).toList();
  private static final ThreadLocal<DirectoryCalls> OF_THREAD =
      ThreadLocal.withInitial(DirectoryCalls::new);

  private final LinuxCall openat = call("openat");
  private final LinuxCall close = call("close");
  private final LinuxCall write = call("write");
  private final LinuxCall read = call("read");
  private final LinuxCall mkdirat = call("mkdirat");
  private final LinuxCall symlinkat = call("symlinkat");
  private final LinuxCall statx = call("statx");
  private final LinuxCall utimensat = call("utimensat");
  private final LinuxCall futimens = call("futimens");
  private final LinuxCall getdents = call("getdents64");
  private final LinuxCall readlinkat = call("readlinkat");
  private final LinuxCall unlinkat = call("unlinkat");

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
  private final MemorySegment name = arena.allocate(NAME);
  private final MemorySegment target = arena.allocate(NAME);
  private final MemorySegment buffer = arena.allocate(CHUNK, 8);
  private final MemorySegment stat = arena.allocate(STATX, 8);
  private final MemorySegment times = arena.allocate(32, 8);

  static boolean areFound() {
    return FOUND.size() == NAMES.size();
  }

  static DirectoryCalls ofThread() {
    return OF_THREAD.get();
  }

  private static LinuxCall call(String name) {
    if (!areFound()) {
      throw new UnsupportedOperationException("no directory handles");
    }
    return FOUND.get(NAMES.indexOf(name));
  }

  /// -1 if there is nothing of that name.
  int tryOpen(int directory, byte[] file, int flags, int mode) throws IOException {
    try {
      var fd = (int) openat.of(state, directory, put(name, file), flags, mode);
      return fd < 0 && isAbsent() ? -1 : checked(fd, file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  int open(int directory, byte[] file, int flags, int mode) throws IOException {
    try {
      return checked((int) openat.of(state, directory, put(name, file), flags, mode), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void close(int fd) throws IOException {
    try {
      checked((int) close.of(state, fd), new byte[0]);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void write(int fd, byte[] bytes, int from, int to, byte[] file) throws IOException {
    try {
      for (var at = from; at < to; ) {
        var length = Math.min(CHUNK, to - at);
        MemorySegment.copy(bytes, at, buffer, ValueLayout.JAVA_BYTE, 0, length);
        at += (int) checked(write.of(state, fd, buffer.address(), length), file);
      }
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  /// The number of bytes put into `bytes`, 0 at the end.
  int read(int fd, byte[] bytes, int at, byte[] file) throws IOException {
    try {
      var wanted = (long) Math.min(CHUNK, bytes.length - at);
      var length = (int) checked(read.of(state, fd, buffer.address(), wanted), file);
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, at, length);
      return length;
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void makeDirectory(int directory, byte[] file) throws IOException {
    try {
      checked((int) mkdirat.of(state, directory, put(name, file), 0777), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void link(int directory, byte[] file, byte[] to) throws IOException {
    try {
      checked((int) symlinkat.of(state, put(target, to), directory, put(name, file)), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  byte[] readLink(int directory, byte[] file) throws IOException {
    try {
      var size = (long) NAME;
      var length =
          checked(readlinkat.of(state, directory, put(name, file), target.address(), size), file);
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  /// False if there was nothing of that name, or a folder that is not empty.
  boolean tryUnlink(int directory, byte[] file, boolean folder) throws IOException {
    try {
      var flags = folder ? AT_REMOVEDIR : 0;
      var done = (int) unlinkat.of(state, directory, put(name, file), flags);
      return (done >= 0 || !(isAbsent() || isFull())) && checked(done, file) == 0;
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  Optional<FileStat> find(int directory, byte[] file) throws IOException {
    try {
      var done =
          (int)
              statx.of(
                  state,
                  directory,
                  put(name, file),
                  AT_SYMLINK_NOFOLLOW,
                  STATX_BASIC,
                  stat.address(),
                  0);
      if (done < 0 && isAbsent()) {
        return Optional.empty();
      }
      checked(done, file);
      return Optional.of(read(stat));
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  FileStat look(int fd, byte[] file) throws IOException {
    try {
      checked(
          (int)
              statx.of(
                  state, fd, put(name, new byte[0]), AT_EMPTY_PATH, STATX_BASIC, stat.address(), 0),
          file);
      return read(stat);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  private static FileStat read(MemorySegment stat) {
    return new FileStat(
        Short.toUnsignedInt(stat.get(ValueLayout.JAVA_SHORT, 28)),
        stat.get(JAVA_LONG, 40),
        stat.get(JAVA_LONG, 112),
        stat.get(JAVA_INT, 120),
        stat.get(JAVA_LONG, 96),
        stat.get(JAVA_INT, 104),
        device(stat.get(JAVA_INT, 136), stat.get(JAVA_INT, 140)),
        stat.get(JAVA_LONG, 32),
        stat.get(JAVA_INT, 20),
        stat.get(JAVA_INT, 24));
  }

  /// The lower half of what `stat` calls st_dev.
  private static int device(int major, int minor) {
    return (minor & 0xff) | (major & 0xfff) << 8 | (minor & 0xfff00) << 12;
  }

  /// Sets the time of the last change, leaving that of the last access.
  void setTime(int fd, long seconds, byte[] file) throws IOException {
    try {
      checked((int) futimens.of(state, fd, putTime(seconds)), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void setTimeOfLink(int directory, byte[] file, long seconds) throws IOException {
    try {
      checked(
          (int)
              utimensat.of(
                  state, directory, put(name, file), putTime(seconds), AT_SYMLINK_NOFOLLOW),
          file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  private long putTime(long seconds) {
    times.set(JAVA_LONG, 8, OMIT);
    times.set(JAVA_LONG, 16, seconds);
    times.set(JAVA_LONG, 24, 0);
    return times.address();
  }

  /// Fills the buffer with the next entries of an open directory; their length, 0 at the end, which
  /// is also where a directory is that was removed.
  long nextEntries(int fd, byte[] file) throws IOException {
    try {
      var length = getdents.of(state, fd, buffer.address(), CHUNK);
      return length < 0 && isAbsent() ? 0 : checked(length, file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  MemorySegment buffer() {
    return buffer;
  }

  private long put(MemorySegment where, byte[] bytes) throws IOException {
    if (bytes.length >= NAME) {
      throw new FileSystemException(text(bytes), null, "name too long");
    }
    MemorySegment.copy(bytes, 0, where, ValueLayout.JAVA_BYTE, 0, bytes.length);
    where.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return where.address();
  }

  private boolean isAbsent() {
    var errno = LinuxCall.errno(state);
    return errno == ENOENT || errno == ENOTDIR;
  }

  private boolean isFull() {
    var errno = LinuxCall.errno(state);
    return errno == ENOTEMPTY || errno == EEXIST || errno == EISDIR;
  }

  private int checked(int answer, byte[] file) throws IOException {
    return (int) checked((long) answer, file);
  }

  private long checked(long answer, byte[] file) throws IOException {
    if (answer >= 0) {
      return answer;
    }
    throw switch (LinuxCall.errno(state)) {
      case ENOENT -> new NoSuchFileException(text(file));
      case EEXIST -> new FileAlreadyExistsException(text(file));
      case EACCES -> new AccessDeniedException(text(file));
      case 28 -> new FileSystemException(text(file), null, "no space left on device");
      default -> new FileSystemException(text(file), null, "errno " + LinuxCall.errno(state));
    };
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  private static IOException rethrown(Throwable problem) {
    return switch (problem) {
      case IOException known -> known;
      case RuntimeException surprise -> throw surprise;
      case Error surprise -> throw surprise;
      default -> new IOException(problem);
    };
  }
}
