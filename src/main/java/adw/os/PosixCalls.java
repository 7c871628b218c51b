package adw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/// The system calls that work relative to an open directory, with one thread's own buffers: a
/// checkout makes several for each file, so nothing is allocated here.
final class PosixCalls {
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

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

  private static final Optional<List<MethodHandle>> FOUND = find();
  private static final ThreadLocal<PosixCalls> OF_THREAD = ThreadLocal.withInitial(PosixCalls::new);

  private final MethodHandle openat = handle(0);
  private final MethodHandle close = handle(1);
  private final MethodHandle write = handle(2);
  private final MethodHandle read = handle(3);
  private final MethodHandle mkdirat = handle(4);
  private final MethodHandle symlinkat = handle(5);
  private final MethodHandle statx = handle(6);
  private final MethodHandle utimensat = handle(7);
  private final MethodHandle futimens = handle(8);
  private final MethodHandle getdents = handle(9);
  private final MethodHandle readlinkat = handle(10);
  private final MethodHandle unlinkat = handle(11);

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
  private final MemorySegment name = arena.allocate(NAME);
  private final MemorySegment target = arena.allocate(NAME);
  private final MemorySegment buffer = arena.allocate(CHUNK, 8);
  private final MemorySegment stat = arena.allocate(STATX, 8);
  private final MemorySegment times = arena.allocate(32, 8);

  private static Optional<List<MethodHandle>> find() {
    if (!Native.LINUX || ValueLayout.ADDRESS.byteSize() != 8) {
      return Optional.empty();
    }
    var handles =
        List.of(
            Native.find("openat", 3, Native.type(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT)),
            Native.find("close", 1, Native.type(JAVA_INT)),
            Native.find("write", 3, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG)),
            Native.find("read", 3, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG)),
            Native.find("mkdirat", 3, Native.type(JAVA_INT, ADDRESS, JAVA_INT)),
            Native.find("symlinkat", 3, Native.type(ADDRESS, JAVA_INT, ADDRESS)),
            Native.find("statx", 5, Native.type(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS)),
            Native.find("utimensat", 4, Native.type(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT)),
            Native.find("futimens", 2, Native.type(JAVA_INT, ADDRESS)),
            Native.find(
                "getdents64", 3, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG)),
            Native.find(
                "readlinkat",
                4,
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG)),
            Native.find("unlinkat", 3, Native.type(JAVA_INT, ADDRESS, JAVA_INT)));
    return handles.stream().allMatch(Optional::isPresent)
        ? Optional.of(handles.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }

  static boolean areFound() {
    return FOUND.isPresent();
  }

  static PosixCalls ofThread() {
    return OF_THREAD.get();
  }

  private static MethodHandle handle(int index) {
    return FOUND
        .orElseThrow(() -> new UnsupportedOperationException("no directory handles"))
        .get(index);
  }

  /// -1 if there is nothing of that name.
  int tryOpen(int directory, byte[] file, int flags, int mode) throws IOException {
    try {
      var fd = (int) openat.invokeExact(state, directory, put(name, file), flags, mode);
      return fd < 0 && isAbsent() ? -1 : checked(fd, file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  int open(int directory, byte[] file, int flags, int mode) throws IOException {
    try {
      return checked(
          (int) openat.invokeExact(state, directory, put(name, file), flags, mode), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void close(int fd) throws IOException {
    try {
      checked((int) close.invokeExact(state, fd), new byte[0]);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void write(int fd, byte[] bytes, int from, int to, byte[] file) throws IOException {
    try {
      for (var at = from; at < to; ) {
        var length = Math.min(CHUNK, to - at);
        MemorySegment.copy(bytes, at, buffer, ValueLayout.JAVA_BYTE, 0, length);
        at += (int) checked((long) write.invokeExact(state, fd, buffer, (long) length), file);
      }
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  /// The number of bytes put into `bytes`, 0 at the end.
  int read(int fd, byte[] bytes, int at, byte[] file) throws IOException {
    try {
      var wanted = (long) Math.min(CHUNK, bytes.length - at);
      var length = (int) checked((long) read.invokeExact(state, fd, buffer, wanted), file);
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, at, length);
      return length;
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void makeDirectory(int directory, byte[] file) throws IOException {
    try {
      checked((int) mkdirat.invokeExact(state, directory, put(name, file), 0777), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void link(int directory, byte[] file, byte[] to) throws IOException {
    try {
      checked(
          (int) symlinkat.invokeExact(state, put(target, to), directory, put(name, file)), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  byte[] readLink(int directory, byte[] file) throws IOException {
    try {
      var size = (long) NAME;
      var length =
          checked(
              (long) readlinkat.invokeExact(state, directory, put(name, file), target, size), file);
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  /// False if there was nothing of that name, or a folder that is not empty.
  boolean tryUnlink(int directory, byte[] file, boolean folder) throws IOException {
    try {
      var flags = folder ? AT_REMOVEDIR : 0;
      var done = (int) unlinkat.invokeExact(state, directory, put(name, file), flags);
      return (done >= 0 || !(isAbsent() || isFull())) && checked(done, file) == 0;
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  Optional<PosixState> find(int directory, byte[] file) throws IOException {
    try {
      var done =
          (int)
              statx.invokeExact(
                  state, directory, put(name, file), AT_SYMLINK_NOFOLLOW, STATX_BASIC, stat);
      if (done < 0 && isAbsent()) {
        return Optional.empty();
      }
      checked(done, file);
      return Optional.of(read(stat));
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  PosixState look(int fd, byte[] file) throws IOException {
    try {
      checked(
          (int)
              statx.invokeExact(
                  state, fd, put(name, new byte[0]), AT_EMPTY_PATH, STATX_BASIC, stat),
          file);
      return read(stat);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  private static PosixState read(MemorySegment stat) {
    return new PosixState(
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
      checked((int) futimens.invokeExact(state, fd, putTime(seconds)), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  void setTimeOfLink(int directory, byte[] file, long seconds) throws IOException {
    try {
      checked(
          (int)
              utimensat.invokeExact(
                  state, directory, put(name, file), putTime(seconds), AT_SYMLINK_NOFOLLOW),
          file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  private MemorySegment putTime(long seconds) {
    times.set(JAVA_LONG, 8, OMIT);
    times.set(JAVA_LONG, 16, seconds);
    times.set(JAVA_LONG, 24, 0);
    return times;
  }

  /// Fills the buffer with the next entries of an open directory; their length, 0 at the end.
  long nextEntries(int fd, byte[] file) throws IOException {
    try {
      return checked((long) getdents.invokeExact(state, fd, buffer, (long) CHUNK), file);
    } catch (Throwable problem) {
      throw rethrown(problem);
    }
  }

  MemorySegment buffer() {
    return buffer;
  }

  private MemorySegment put(MemorySegment where, byte[] bytes) throws IOException {
    if (bytes.length >= NAME) {
      throw new FileSystemException(text(bytes), null, "name too long");
    }
    MemorySegment.copy(bytes, 0, where, ValueLayout.JAVA_BYTE, 0, bytes.length);
    where.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return where;
  }

  private boolean isAbsent() {
    var errno = (int) ERRNO.get(state, 0L);
    return errno == ENOENT || errno == ENOTDIR;
  }

  private boolean isFull() {
    var errno = (int) ERRNO.get(state, 0L);
    return errno == ENOTEMPTY || errno == EEXIST || errno == EISDIR;
  }

  private int checked(int answer, byte[] file) throws IOException {
    return (int) checked((long) answer, file);
  }

  private long checked(long answer, byte[] file) throws IOException {
    if (answer >= 0) {
      return answer;
    }
    throw switch ((int) ERRNO.get(state, 0L)) {
      case ENOENT -> new NoSuchFileException(text(file));
      case EEXIST -> new FileAlreadyExistsException(text(file));
      case EACCES -> new AccessDeniedException(text(file));
      case 28 -> new FileSystemException(text(file), null, "no space left on device");
      default -> new FileSystemException(text(file), null, "errno " + (int) ERRNO.get(state, 0L));
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
