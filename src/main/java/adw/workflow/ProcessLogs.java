package adw.workflow;

import adw.os.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The output of a process while it grows.
final class ProcessLogs {
  /// A log that has grown by this much gives back its middle.
  private static final long LARGE = 64L << 20;

  private static final long KEPT = 16L << 20;

  private final Map<Path, Long> punched = new HashMap<>();

  ProcessLogs(Path procDir) {
    punched.put(procDir.resolve("stdout.log"), 0L);
    punched.put(procDir.resolve("stderr.log"), 0L);
  }

  /// Of both together, holes included.
  long bytes() throws IOException {
    var sum = 0L;
    for (var log : punched.entrySet()) {
      var size = size(log.getKey());
      if (size - log.getValue() > LARGE) {
        Disk.tryPunchMiddle(log.getKey(), KEPT);
        log.setValue(size);
      }
      sum += size;
    }
    return sum;
  }

  /// Of a process that has ended nothing large stays either.
  void shorten() throws IOException {
    for (var log : punched.keySet()) {
      if (size(log) > LARGE) {
        Disk.tryPunchMiddle(log, KEPT);
      }
    }
  }

  private static long size(Path log) throws IOException {
    try {
      return Files.size(log);
    } catch (NoSuchFileException none) {
      return 0;
    }
  }
}
