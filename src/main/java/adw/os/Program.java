package adw.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Programs by name.
public final class Program {
  private Program() {}

  /// Where the `PATH` of that environment has it; a name with a slash is a path already.
  public static Optional<Path> find(String name, Map<String, String> environment) {
    if (name.indexOf('/') >= 0) {
      return Optional.of(Path.of(name)).filter(Program::isProgram);
    }
    for (var folder : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
      var file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (isProgram(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// Whether a process runs here that was started with exactly this argument.
  public static boolean isAnyRunningWith(String argument) {
    return ProcessTable.commands().anyMatch(argv -> argv.contains(argument));
  }

  private static boolean isProgram(Path file) {
    return Files.isExecutable(file) && !Files.isDirectory(file);
  }
}
