package adw.task.file;

import java.nio.file.Path;

/// What lies under the task file's name.
sealed interface FileSight {
  /// `file` is where the name leads to, links resolved.
  @SuppressWarnings("ArrayRecordComponent")
  record Seen(Path file, byte[] bytes) implements FileSight {}

  record Not(FileReading reading) implements FileSight {}
}
