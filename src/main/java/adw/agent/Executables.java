package adw.agent;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds programs as a shell would, by the PATH of whoever will run them and not by our own.
final class Executables {
  private Executables() {}

  /// @param directory from which a name with a slash in it counts
  static Optional<Path> find(String name, Path directory, Map<String, String> environment) {
    if (name.contains("/")) {
      return Optional.of(directory.resolve(name).normalize()).filter(Executables::isExecutable);
    }
    for (var folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      var file = directory.resolve(folder).resolve(name);
      if (!folder.isEmpty() && isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
