package adw.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The extended attributes of files on Linux, among them access control lists; elsewhere a file has
/// none here. Links are not followed.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/xattr.7.html">xattr(7)</a>
public final class ExtendedAttributes {
  /// Holds the mode as well.
  public static final String ACCESS_LIST = "system.posix_acl_access";

  private static final String SECURITY = "security.";

  /// Sums of the kernel's own over one inode.
  private static final Set<String> OF_THE_KERNEL = Set.of("security.evm", "security.ima");

  private static final int ENODATA = 61;

  private ExtendedAttributes() {}

  /// Looked up at the first use, not at the start of the program.
  private static final class Functions {
    static final Optional<LinuxCall> LIST = LinuxCall.find("llistxattr");
    static final Optional<LinuxCall> GET = LinuxCall.find("lgetxattr");
    static final Optional<LinuxCall> SET = LinuxCall.find("lsetxattr");
    static final Optional<LinuxCall> REMOVE = LinuxCall.find("lremovexattr");

    static boolean areFound() {
      return LIST.isPresent() && GET.isPresent() && SET.isPresent() && REMOVE.isPresent();
    }
  }

  /// Gives a file the attributes of another, and takes away what else it has. An access control
  /// list brings its mode along.
  ///
  /// @throws UnusableFileException naming the attribute that the file cannot have
  public static void copy(Path from, Path to) throws IOException {
    if (!Functions.areFound()) {
      return;
    }
    var wanted = names(from);
    for (var name : names(to)) {
      // A label of the system's policy: a new file has the one that it shall have.
      if (!wanted.contains(name) && !name.startsWith(SECURITY)) {
        check(from, name, set(to, name, Optional.empty()));
      }
    }
    for (var name : wanted) {
      var value = find(from, name);
      if (value.isPresent() && !Arrays.equals(value.get(), find(to, name).orElse(null))) {
        check(from, name, set(to, name, value));
      }
    }
  }

  /// Of a file without attributes, or on a file system that knows none, no name.
  public static List<String> names(Path file) throws IOException {
    if (!Functions.areFound()) {
      return List.of();
    }
    var bytes =
        read(
            file,
            (state, path, buffer, size) ->
                Functions.LIST.orElseThrow().of(state, path, buffer, size, 0));
    var names = new ArrayList<String>();
    for (var name : new String(bytes.orElse(new byte[0]), StandardCharsets.UTF_8).split("\0")) {
      if (!name.isEmpty() && !OF_THE_KERNEL.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  static Optional<byte[]> find(Path file, String name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var attribute = name(arena, name);
      return read(
          file,
          (state, path, buffer, size) ->
              Functions.GET.orElseThrow().of(state, path, attribute, buffer, size));
    }
  }

  /// @param value empty to take the attribute away
  static LibC.Answer set(Path file, String name, Optional<byte[]> value) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var path = LibC.path(arena, file).address();
      var attribute = name(arena, name);
      if (value.isEmpty()) {
        return LibC.call(
            arena, state -> (int) Functions.REMOVE.orElseThrow().of(state, path, attribute));
      }
      var bytes = value.get();
      var content = LibC.string(arena, bytes).address();
      return LibC.call(
          arena,
          state ->
              (int)
                  Functions.SET
                      .orElseThrow()
                      .of(state, path, attribute, content, bytes.length, 0, 0));
    }
  }

  private static long name(Arena arena, String name) {
    return LibC.string(arena, name.getBytes(StandardCharsets.UTF_8)).address();
  }

  private interface Reader {
    long read(MemorySegment state, long path, long buffer, long size) throws Throwable;
  }

  /// Asked for its size first; what grows meanwhile is asked again.
  private static Optional<byte[]> read(Path file, Reader reader) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var path = LibC.path(arena, file).address();
      while (true) {
        var size = LibC.call(arena, state -> reader.read(state, path, 0, 0));
        if (isAbsent(size)) {
          return Optional.empty();
        }
        if (size.failed()) {
          throw failure(file, size);
        }
        if (size.value() == 0) {
          return Optional.of(new byte[0]);
        }
        var buffer = arena.allocate(size.value());
        var given =
            LibC.call(arena, state -> reader.read(state, path, buffer.address(), size.value()));
        if (!given.failed()) {
          return Optional.of(buffer.asSlice(0, given.value()).toArray(ValueLayout.JAVA_BYTE));
        }
        if (given.errno() != LibC.ERANGE && !isAbsent(given)) {
          throw failure(file, given);
        }
      }
    }
  }

  private static boolean isAbsent(LibC.Answer answer) {
    return answer.failed()
        && (answer.errno() == ENODATA
            || answer.errno() == LibC.EOPNOTSUPP
            || answer.errno() == LibC.ENOSYS);
  }

  private static IOException failure(Path file, LibC.Answer answer) {
    return new FileSystemException(
        file.toString(), null, "its attributes: " + LibC.message(answer.errno()));
  }

  private static void check(Path file, String name, LibC.Answer answer) throws IOException {
    if (answer.failed()) {
      var what = name.equals(ACCESS_LIST) ? "access control list" : "attribute " + name;
      throw new UnusableFileException(
          file,
          "a new text could not keep its " + what + ": " + LibC.message(answer.errno()),
          "take that away, or run adw as a user who may set it");
    }
  }
}
