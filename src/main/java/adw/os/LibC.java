package adw.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The few calls of the C library that the JDK does not offer. Every call gives -1 and an `errno`
/// as C does; a function that this system lacks is absent.
public final class LibC {
  static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
  static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

  static final int ENOENT = 2;
  static final int EEXIST = 17;
  static final int EINVAL = 22;
  static final int ERANGE = 34;
  static final int ENOSYS = LINUX ? 38 : 78;
  static final int EOPNOTSUPP = LINUX ? 95 : 102;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  /// What C gave: `value` is -1 when it failed, for the reason `errno`.
  public record Answer(long value, int errno) {
    public boolean failed() {
      return value < 0;
    }
  }

  private LibC() {}

  /// `variadicFrom` is the index of the first argument after the `...`, or the number of arguments.
  @SuppressWarnings("restricted")
  static Optional<MethodHandle> find(String name, int variadicFrom, FunctionDescriptor type) {
    return LINKER
        .defaultLookup()
        .find(name)
        .map(symbol ->
            variadicFrom < type.argumentLayouts().size()
                ? LINKER.downcallHandle(
                    symbol,
                    type,
                    Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(variadicFrom))
                : LINKER.downcallHandle(symbol, type, Linker.Option.captureCallState("errno")));
  }

  static FunctionDescriptor type(MemoryLayout... arguments) {
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
  }

  /// A call with the errno segment as its first argument.
  public interface Call {
    long with(MemorySegment state) throws Throwable;
  }

  public static Answer call(Arena arena, Call call) throws IOException {
    var state = arena.allocate(STATE);
    try {
      var value = call.with(state);
      return new Answer(value, state.get(ValueLayout.JAVA_INT, ERRNO));
    } catch (RuntimeException | Error surprise) {
      throw surprise;
    } catch (Throwable impossible) {
      throw new IOException(impossible);
    }
  }

  public static String message(int errno) {
    return switch (errno) {
      case 1 -> "not permitted";
      case ENOENT -> "no such file or folder";
      case 7 -> "argv and environment are too long";
      case 11 -> "too many processes";
      case 12 -> "no memory";
      case 13 -> "no permission";
      case 20 -> "not a folder";
      case 23, 24 -> "too many open files";
      case 28 -> "no space left";
      case 30 -> "read-only file system";
      case 95 -> "not supported here";
      default -> "errno " + errno;
    };
  }

  /// The bytes that the kernel knows the path by, also where the locale cannot spell them.
  public static MemorySegment path(Arena arena, Path path) {
    return string(arena, bytes(path.toAbsolutePath()));
  }

  public static MemorySegment string(Arena arena, byte[] bytes) {
    var segment = arena.allocate(bytes.length + 1L);
    segment.copyFrom(MemorySegment.ofArray(bytes));
    return segment;
  }

  public static byte[] bytes(Path path) {
    var text = path.toString();
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    return unescape(path.toUri());
  }

  private static byte[] unescape(URI uri) {
    var raw = uri.getRawPath();
    var bytes = new byte[raw.length()];
    var length = 0;
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes[length++] = (byte) Integer.parseInt(raw.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[length++] = (byte) raw.charAt(i);
      }
    }
    // A folder's address ends with a slash that its path does not have.
    while (length > 1 && bytes[length - 1] == '/') {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  /// The number of a system call on this processor, for C libraries that have no function for it.
  static Optional<Integer> systemCall(int amd64, int aarch64) {
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> LINUX ? Optional.of(amd64) : Optional.empty();
      case "aarch64" -> LINUX ? Optional.of(aarch64) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
