package adw.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells at no cost whether anybody has touched the files of some folders since it was set: a Linux
/// system notes each change, each change of rights and each opening of a file there (what is mapped
/// into memory is changed without a further trace). Who lists a folder or asks for the state of a
/// file breaks nothing. It does not see what another machine does, nor what is done to a file by a
/// second name that it has in another folder.
public final class FolderSeal implements AutoCloseable {
  private static final Optional<LinuxCall> INIT = LinuxCall.find("inotify_init1");
  private static final Optional<LinuxCall> ADD = LinuxCall.find("inotify_add_watch");
  private static final Optional<LinuxCall> READ = LinuxCall.find("read");
  private static final Optional<LinuxCall> CLOSE = LinuxCall.find("close");

  // IN_NONBLOCK and IN_CLOEXEC, the same on all processors that the JDK knows.
  private static final int FLAGS = 04000 | 02000000;
  // All events but "read", "closed after reading" and, by IN_ONLYDIR and IN_DONT_FOLLOW, all but of
  // folders.
  private static final int MASK = 0x2 | 0x4 | 0x8 | 0x20 | 0xfc0 | 0x01000000 | 0x02000000;
  private static final int IS_FOLDER = 0x40000000;
  private static final int OPENED = 0x20;
  private static final int OVERFLOW = 0x4000;
  private static final int EVENT = 16;
  private static final int BUFFER = 1 << 14;
  private static final int EAGAIN = 11;

  /// Where nobody else writes past this system.
  private static final Set<String> LOCAL =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "tmpfs", "f2fs", "zfs", "overlay", "bcachefs");

  private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_user_watches");
  // Of all that this user may watch: editors want some too.
  private static final int SHARE = 8;

  private final int fd;
  private final String open;
  private State state = State.WHOLE;
  private boolean closed;

  public enum State {
    WHOLE,
    /// Somebody has opened a file, to read it at least; or there was more than the system counts.
    DOUBTFUL,
    BROKEN
  }

  private FolderSeal(int fd, String open) {
    this.fd = fd;
    this.open = open;
  }

  /// On a folder and these folders below it, named from there; absent where the system cannot, or
  /// not so many. Files called `open` may be opened, to be read, but not changed.
  public static Optional<FolderSeal> trySet(Path top, List<byte[]> folders, String open)
      throws IOException {
    if (INIT.isEmpty() || ADD.isEmpty() || READ.isEmpty() || CLOSE.isEmpty()) {
      return Optional.empty();
    }
    if (folders.size() > most() || !LOCAL.contains(Files.getFileStore(top).type())) {
      return Optional.empty();
    }
    try (var arena = Arena.ofConfined()) {
      var fd = (int) LibC.call(arena, state -> INIT.get().of(state, FLAGS)).value();
      if (fd < 0) {
        return Optional.empty();
      }
      var seal = new FolderSeal(fd, open);
      if (seal.isSetOn(LibC.bytes(top.toAbsolutePath()), folders, arena)) {
        return Optional.of(seal);
      }
      seal.close();
      return Optional.empty();
    }
  }

  /// Such a file gives its number to the first read alone, however little that asks for.
  private static long most() throws IOException {
    if (!Files.isReadable(LIMIT)) {
      return 0;
    }
    try (var limit = Files.newBufferedReader(LIMIT)) {
      return Long.parseLong(limit.readLine().strip()) / SHARE;
    }
  }

  private boolean isSetOn(byte[] top, List<byte[]> folders, Arena arena) throws IOException {
    var longest = folders.stream().mapToInt(folder -> folder.length).max().orElse(0);
    var path = arena.allocate(top.length + longest + 2L);
    var state = arena.allocate(Linker.Option.captureStateLayout());
    MemorySegment.copy(top, 0, path, ValueLayout.JAVA_BYTE, 0, top.length);
    if (!isWatched(path, state)) {
      return false;
    }
    path.set(ValueLayout.JAVA_BYTE, top.length, (byte) '/');
    for (var folder : folders) {
      MemorySegment.copy(folder, 0, path, ValueLayout.JAVA_BYTE, top.length + 1L, folder.length);
      path.set(ValueLayout.JAVA_BYTE, top.length + 1L + folder.length, (byte) 0);
      if (!isWatched(path, state)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWatched(MemorySegment path, MemorySegment state) throws IOException {
    try {
      return (int) ADD.orElseThrow().of(state, fd, path.address(), MASK) >= 0;
    } catch (RuntimeException | Error surprise) {
      throw surprise;
    } catch (Throwable impossible) {
      throw new IOException(impossible);
    }
  }

  /// It never gets better.
  public synchronized State look() throws IOException {
    if (closed) {
      return State.BROKEN;
    }
    try (var arena = Arena.ofConfined()) {
      var events = arena.allocate(BUFFER, 8);
      var read = read(arena, events);
      for (; read.value() > 0; read = read(arena, events)) {
        see(events, read.value());
      }
      return read.errno() == EAGAIN ? state : State.BROKEN;
    }
  }

  private LibC.Answer read(Arena arena, MemorySegment events) throws IOException {
    return LibC.call(arena, kept -> READ.orElseThrow().of(kept, fd, events.address(), BUFFER));
  }

  /// struct inotify_event: watch, mask at 4, cookie, length of the name at 12, name with zeros.
  private void see(MemorySegment events, long length) {
    for (long at = 0; at < length; ) {
      var named = events.get(ValueLayout.JAVA_INT, at + 12);
      var seen =
          switch (events.get(ValueLayout.JAVA_INT, at + 4)) {
            case OPENED | IS_FOLDER -> State.WHOLE;
            case OPENED -> isOpen(events, at + EVENT, named) ? State.WHOLE : State.DOUBTFUL;
            case OVERFLOW -> State.DOUBTFUL;
            default -> State.BROKEN;
          };
      state = seen.compareTo(state) > 0 ? seen : state;
      at += EVENT + named;
    }
  }

  private boolean isOpen(MemorySegment events, long at, int length) {
    return length > 0 && events.getString(at).equals(open);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try (var arena = Arena.ofConfined()) {
        LibC.call(arena, state -> CLOSE.orElseThrow().of(state, fd));
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
