package adw.task;

import java.nio.file.Path;

/// What lies under the task file's name.
sealed interface Sight {
  /// `file` is where the name leads to, links resolved.
  @SuppressWarnings("ArrayRecordComponent")
  record Seen(Path file, byte[] bytes) implements Sight {}

  record Not(Reading reading) implements Sight {}
}
