package adw.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Why a program could not be started. The kernel's word for a missing interpreter is that of a
/// missing file, so the files are looked at.
final class StartProblem {
  /// The kernel reads no more of a first line.
  private static final int FIRST_LINE = 256;

  private StartProblem() {}

  static IOException of(Command command, IOException why) {
    return new IOException(words(command, why), why);
  }

  private static String words(Command command, IOException why) {
    var program = command.argv().getFirst();
    var directory = command.directory();
    if (!Files.isDirectory(directory)) {
      return directory + ": no such folder";
    }
    if (program.indexOf('/') >= 0) {
      return words(directory.resolve(program), directory, why);
    }
    return ProgramPath.find(program, directory, command.environment())
        .map(file -> words(file, directory, why))
        .orElse(program + ": not found on the PATH");
  }

  private static String words(Path file, Path directory, IOException why) {
    if (!Files.exists(file)) {
      return file + ": no such file or folder";
    }
    if (Files.isDirectory(file)) {
      return file + ": is a folder, not a program";
    }
    if (!Files.isExecutable(file)) {
      return file + ": is not executable (chmod +x " + file + ")";
    }
    return findInterpreter(file)
        .filter(interpreter -> !Files.isExecutable(directory.resolve(interpreter)))
        .map(interpreter ->
            file + ": its interpreter " + interpreter + " is missing (install it, or mend line 1)")
        .orElseGet(() -> file + ": cannot be started: " + ProblemWords.of(why));
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
