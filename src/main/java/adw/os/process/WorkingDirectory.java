package adw.os.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import adw.os.LibC;
import adw.os.LinuxCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which processes work within a folder. One system call a process and no exception for the many
/// that are not ours: after each run all processes of the machine are asked.
final class WorkingDirectory {
  private static final int LONGEST = 4096;
  private static final byte[] DELETED = " (deleted)".getBytes(StandardCharsets.US_ASCII);

  private WorkingDirectory() {}

  /// Also those whose folder has been deleted meanwhile.
  static List<Long> pidsWithin(Path folder) {
    var within = new ArrayList<Long>();
    var isRoot = folder.getNameCount() == 0;
    var wanted = isRoot ? new byte[0] : LibC.bytes(folder.toAbsolutePath());
    try (var arena = Arena.ofConfined()) {
      var buffer = arena.allocate(LONGEST);
      for (var pid : ProcessTable.pids()) {
        var length = readLink(arena, pid, buffer);
        if (length >= wanted.length && isWithin(buffer, length, wanted)) {
          within.add(pid);
        }
      }
    }
    return within;
  }

  private static boolean isWithin(MemorySegment link, int length, byte[] folder) {
    var path = link.asSlice(0, length).toArray(JAVA_BYTE);
    if (!Arrays.equals(path, 0, folder.length, folder, 0, folder.length)) {
      return false;
    }
    var rest = Arrays.copyOfRange(path, folder.length, length);
    return rest.length == 0 || rest[0] == '/' || Arrays.equals(rest, DELETED);
  }

  private static int readLink(Arena arena, long pid, MemorySegment buffer) {
    var name = LibC.string(arena, ("/proc/" + pid + "/cwd").getBytes(StandardCharsets.US_ASCII));
    var readLink = Functions.READLINK.orElseThrow();
    try {
      return (int)
          LibC.call(arena, state -> readLink.of(state, name.address(), buffer.address(), LONGEST))
              .value();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static final class Functions {
    static final Optional<LinuxCall> READLINK = LinuxCall.find("readlink");
  }
}
