package adw.os.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import adw.os.ProblemWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Why a program could not be started. The kernel's word for a missing interpreter is that of a
/// missing file, so the files are looked at.
final class StartProblem {
  /// The kernel reads no more of a first line.
  private static final int FIRST_LINE = 256;

  private StartProblem() {}

  static IOException of(
      String program, Path directory, Map<String, String> environment, IOException why) {
    var words =
        find(program, directory, environment)
            .orElseGet(() -> program + ": cannot be started: " + ProblemWords.of(why));
    return new IOException(words, why);
  }

  /// Empty if it looks like a program that can be started.
  static Optional<String> find(String program, Path directory, Map<String, String> environment) {
    if (!Files.isDirectory(directory)) {
      return Optional.of(directory + ": no such folder");
    }
    if (program.indexOf('/') >= 0) {
      return find(directory.resolve(program), directory);
    }
    var file = ProgramPath.find(program, directory, environment);
    return file.isEmpty()
        ? Optional.of(program + ": not found on the PATH")
        : find(file.get(), directory);
  }

  private static Optional<String> find(Path file, Path directory) {
    if (!Files.exists(file)) {
      return Optional.of(file + ": no such file or folder");
    }
    if (Files.isDirectory(file)) {
      return Optional.of(file + ": is a folder, not a program");
    }
    if (!Files.isExecutable(file)) {
      return Optional.of(file + ": is not executable (chmod +x " + file + ")");
    }
    return findInterpreter(file)
        .filter(interpreter -> !Files.isExecutable(directory.resolve(interpreter)))
        .map(interpreter ->
            file + ": its interpreter " + interpreter + " is missing (install it, or mend line 1)");
  }

  /// From `#!/usr/bin/env python3` only `/usr/bin/env`: the rest is for that program to say.
  private static Optional<String> findInterpreter(Path file) {
    try (var in = Files.newInputStream(file)) {
      var line = new String(in.readNBytes(FIRST_LINE), ISO_8859_1).lines().findFirst().orElse("");
      var words = line.startsWith("#!") ? line.substring(2).strip() : "";
      return Optional.of(words.split("[ \t]", 2)[0]).filter(word -> !word.isEmpty());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
