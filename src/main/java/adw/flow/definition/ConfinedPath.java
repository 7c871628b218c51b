package adw.flow.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Whether a path stays below a folder, also when links are followed.
public final class ConfinedPath {
  private ConfinedPath() {}

  /// Whether a path, as it is written, leaves the folder from which it counts.
  static boolean leaves(String path) {
    try {
      var plain = Path.of(path).normalize();
      return plain.isAbsolute() || plain.startsWith("..");
    } catch (InvalidPathException _) {
      return true;
    }
  }

  public static boolean isInside(Path folder, Path path) throws IOException {
    var lexical = path.toAbsolutePath().normalize();
    if (!lexical.startsWith(folder.toAbsolutePath().normalize())) {
      return false;
    }
    var existing = lexical;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing != null && existing.toRealPath().startsWith(folder.toRealPath());
  }
}
