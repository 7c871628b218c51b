package adw.os;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An open directory. Its files are reached by name from here, whatever happens to the path that
/// led to it: no link on the way is followed. Names are bytes, as the kernel has them. For any
/// thread, but for its listing.
public final class Directory implements AutoCloseable {
  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_TRUNC = 01000;
  private static final int O_CLOEXEC = 02000000;
  // These two differ between processors.
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
  private static final int O_DIRECTORY = ARM ? 040000 : 0200000;
  private static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;

  private static final int ANY = 0666;
  private static final int EXECUTABLE = 0777;

  private final int fd;
  private final byte[] name;

  private Directory(int fd, byte[] name) {
    this.fd = fd;
    this.name = name;
  }

  /// False where this system lacks one of the calls.
  public static boolean isSupported() {
    return DirectoryCalls.areFound();
  }

  public static Directory open(Path folder) throws IOException {
    var name = LibC.bytes(folder.toAbsolutePath());
    return open(DirectoryCalls.AT_FDCWD, name, 0);
  }

  private static Directory open(int parent, byte[] name, int flags) throws IOException {
    var fd = DirectoryCalls.ofThread().open(parent, name, O_DIRECTORY | O_CLOEXEC | flags, 0);
    return new Directory(fd, name);
  }

  /// A folder in here; a link to one is refused.
  public Directory enter(byte[] folder) throws IOException {
    return open(fd, folder, O_NOFOLLOW);
  }

  /// A folder in here, if it is one at this moment: neither absent, nor a link, nor a file.
  public Optional<Directory> findFolder(byte[] folder) throws IOException {
    var flags = O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    var found = DirectoryCalls.ofThread().tryOpen(fd, folder, flags, 0);
    return found < 0 ? Optional.empty() : Optional.of(new Directory(found, folder));
  }

  public Directory make(byte[] folder) throws IOException {
    makeFolder(folder);
    return enter(folder);
  }

  public void makeFolder(byte[] folder) throws IOException {
    DirectoryCalls.ofThread().makeDirectory(fd, folder);
  }

  /// A new file with this content and this time of change (seconds); what the kernel then says of
  /// it.
  public FileStat write(byte[] file, boolean executable, byte[] content, long seconds)
      throws IOException {
    try (var out = create(file, executable)) {
      out.append(content, content.length);
      return out.finish(seconds);
    }
  }

  /// A new file to be written in pieces.
  public Output create(byte[] file, boolean executable) throws IOException {
    var flags = O_WRONLY | O_CREAT | O_EXCL | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
    var mode = executable ? EXECUTABLE : ANY;
    return new Output(DirectoryCalls.ofThread().open(fd, file, flags, mode), file);
  }

  public FileStat link(byte[] file, byte[] target, long seconds) throws IOException {
    var calls = DirectoryCalls.ofThread();
    calls.link(fd, file, target);
    calls.setTimeOfLink(fd, file, seconds);
    return calls.find(fd, file).orElseThrow();
  }

  /// Of this directory itself.
  public FileStat state() throws IOException {
    return DirectoryCalls.ofThread().look(fd, name);
  }

  public Optional<FileStat> find(byte[] file) throws IOException {
    return DirectoryCalls.ofThread().find(fd, file);
  }

  public byte[] readLink(byte[] file) throws IOException {
    return DirectoryCalls.ofThread().readLink(fd, file);
  }

  /// The whole content of a file; a link is refused.
  public byte[] read(byte[] file) throws IOException {
    return tryRead(file)
        .orElseThrow(() -> new NoSuchFileException(new String(file, StandardCharsets.UTF_8)));
  }

  /// The same, if there is something of that name at this moment.
  public Optional<byte[]> tryRead(byte[] file) throws IOException {
    var calls = DirectoryCalls.ofThread();
    var in = calls.tryOpen(fd, file, O_NOFOLLOW | O_CLOEXEC, 0);
    return in < 0 ? Optional.empty() : Optional.of(readAndClose(calls, in, file));
  }

  private static byte[] readAndClose(DirectoryCalls calls, int in, byte[] file) throws IOException {
    try {
      return readAll(calls, in, file);
    } finally {
      calls.close(in);
    }
  }

  private static byte[] readAll(DirectoryCalls calls, int in, byte[] file) throws IOException {
    var size = calls.look(in, file).size();
    if (size > Integer.MAX_VALUE - 16) {
      throw new FileSystemException(new String(file, StandardCharsets.UTF_8), null, "too large");
    }
    var bytes = new byte[(int) size + 1];
    var length = 0;
    for (int n; (n = calls.read(in, bytes, length, file)) > 0; ) {
      length += n;
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length * 2);
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /// For content too large to hold.
  public InputStream stream(byte[] file) throws IOException {
    return new Input(DirectoryCalls.ofThread().open(fd, file, O_NOFOLLOW | O_CLOEXEC, 0), file);
  }

  /// False if there is nothing of that name, or a folder.
  public boolean tryDelete(byte[] file) throws IOException {
    return DirectoryCalls.ofThread().tryUnlink(fd, file, false);
  }

  /// False if there is nothing of that name, or if it is not empty.
  public boolean tryDeleteFolder(byte[] folder) throws IOException {
    return DirectoryCalls.ofThread().tryUnlink(fd, folder, true);
  }

  /// The names in here, in no order, without "." and ".."; none once the folder has been removed.
  /// To be called once.
  public List<byte[]> list() throws IOException {
    var calls = DirectoryCalls.ofThread();
    var names = new ArrayList<byte[]>();
    for (long length; (length = calls.nextEntries(fd, name)) > 0; ) {
      addNames(calls.buffer(), length, names);
    }
    return names;
  }

  /// struct linux_dirent64: inode, offset, length of the record at 16, type at 18, name from 19.
  private static void addNames(MemorySegment entries, long length, List<byte[]> names) {
    for (long at = 0; at < length; ) {
      var end = at + 19;
      while (entries.get(ValueLayout.JAVA_BYTE, end) != 0) {
        end++;
      }
      var name = entries.asSlice(at + 19, end - at - 19).toArray(ValueLayout.JAVA_BYTE);
      if (!isSelf(name)) {
        names.add(name);
      }
      at += Short.toUnsignedInt(entries.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16));
    }
  }

  private static boolean isSelf(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  @Override
  public void close() throws IOException {
    DirectoryCalls.ofThread().close(fd);
  }

  /// A new file while it is written.
  public static final class Output implements AutoCloseable {
    private final int fd;
    private final byte[] name;

    private Output(int fd, byte[] name) {
      this.fd = fd;
      this.name = name;
    }

    public void append(byte[] bytes, int length) throws IOException {
      DirectoryCalls.ofThread().write(fd, bytes, 0, length, name);
    }

    public FileStat finish(long seconds) throws IOException {
      var calls = DirectoryCalls.ofThread();
      calls.setTime(fd, seconds, name);
      return calls.look(fd, name);
    }

    @Override
    public void close() throws IOException {
      DirectoryCalls.ofThread().close(fd);
    }
  }

  private static final class Input extends InputStream {
    private static final int PIECE = 1 << 16;

    private final int fd;
    private final byte[] name;

    Input(int fd, byte[] name) {
      this.fd = fd;
      this.name = name;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      var part = new byte[Math.min(length, PIECE)];
      var n = DirectoryCalls.ofThread().read(fd, part, 0, name);
      System.arraycopy(part, 0, bytes, offset, n);
      return n == 0 ? -1 : n;
    }

    @Override
    public void close() throws IOException {
      DirectoryCalls.ofThread().close(fd);
    }
  }
}
