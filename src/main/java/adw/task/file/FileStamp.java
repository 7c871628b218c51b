package adw.task.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/// What a file system tells of a file without reading it.
record FileStamp(String key, long size, FileTime modified, FileTime changed) {
  static FileStamp of(Path file) throws IOException {
    var found = Files.readAttributes(file, BasicFileAttributes.class);
    var changed = Objects.requireNonNull((FileTime) Files.getAttribute(file, "unix:ctime"));
    var key = String.valueOf(found.fileKey());
    return new FileStamp(key, found.size(), found.lastModifiedTime(), changed);
  }

  /// The same file, not written since; it may have got another name.
  boolean isOfSameText(FileStamp other) {
    return key.equals(other.key) && size == other.size && modified.equals(other.modified);
  }

  /// Renamed after it was written, as far as a clock can tell.
  boolean isRenamed() {
    return !modified.equals(changed);
  }
}
