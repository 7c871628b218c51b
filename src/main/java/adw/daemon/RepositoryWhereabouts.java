package adw.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/// Whether the repository is still where this daemon found it. One that was moved away takes all
/// its records along; whatever else lies at that place by now is none of this daemon's business.
record RepositoryWhereabouts(Path commonDir, Object key) {
  static RepositoryWhereabouts of(Path commonDir) throws IOException {
    return new RepositoryWhereabouts(commonDir, key(commonDir));
  }

  boolean isGone() throws IOException {
    try {
      return !key(commonDir).equals(key);
    } catch (NoSuchFileException moved) {
      return true;
    }
  }

  private static Object key(Path folder) throws IOException {
    var found = Files.readAttributes(folder, BasicFileAttributes.class);
    return Objects.requireNonNullElse(found.fileKey(), folder);
  }
}
