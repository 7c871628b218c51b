package adw.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What must stand before a file so that it runs: nothing if the kernel can run it.
final class Interpreter {
  private static final int FIRST_LINE = 256;

  private Interpreter() {}

  static boolean knows(String extension) {
    return !byExtension(extension).isEmpty();
  }

  static List<String> of(Path file) throws IOException {
    var interpreter = interpreter(file);
    var known = byExtension(WorkflowFiles.extension(file));
    if (Files.isExecutable(file) && (!interpreter.isEmpty() || known.isEmpty())) {
      return List.of();
    }
    return interpreter.isEmpty() ? known : interpreter;
  }

  private static List<String> byExtension(String extension) {
    return switch (extension) {
      case "sh" -> List.of("sh");
      case "py" -> List.of("python3");
      case "js" -> List.of("node");
      case "java" -> List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      default -> List.of();
    };
  }

  /// The `#!` line as the kernel reads it: a program and at most one argument.
  private static List<String> interpreter(Path file) throws IOException {
    String start;
    try (var stream = Files.newInputStream(file)) {
      start = new String(stream.readNBytes(FIRST_LINE), StandardCharsets.UTF_8);
    }
    if (!start.startsWith("#!")) {
      return List.of();
    }
    var line = start.substring(2).split("[\\r\\n]", 2)[0].strip();
    return line.isEmpty() ? List.of() : List.of(line.split("[ \\t]+", 2));
  }
}
