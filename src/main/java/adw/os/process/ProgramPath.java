package adw.os.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds programs as a shell would, by the `PATH` of whoever will run them and not by our own. A
/// folder is no program. An empty part of the `PATH`, which a shell takes for the current folder,
/// is nothing: that folder may be a worktree, where an agent writes.
public final class ProgramPath {
  private static final String USUAL = "/usr/bin:/bin";
  private static final Pattern COLON = Pattern.compile(":");

  private ProgramPath() {}

  /// Where the `PATH` of that environment has it; a name with a slash is a path already.
  public static Optional<Path> find(String name, Map<String, String> environment) {
    return find(name, Path.of(""), environment);
  }

  /// @param directory from which a name with a slash in it, and a relative part of the `PATH`,
  ///   counts
  public static Optional<Path> find(String name, Path directory, Map<String, String> environment) {
    return candidates(name, directory, environment).filter(ProgramPath::isProgram).findFirst();
  }

  private static Stream<Path> candidates(
      String name, Path directory, Map<String, String> environment) {
    if (name.indexOf('/') >= 0) {
      return Stream.of(directory.resolve(name));
    }
    return COLON
        .splitAsStream(environment.getOrDefault("PATH", USUAL))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> directory.resolve(folder).resolve(name));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
