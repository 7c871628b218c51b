package adw.os.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program that gets this process's terminal until it ends: an editor, a shell.
public final class ForegroundProgram {
  private ForegroundProgram() {}

  /// Returns its exit code.
  public static int run(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    var process = ProcessStart.builder(argv, directory, environment).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw e;
    }
  }
}
