package adw.os.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Bounds for what is started among files that an agent may have written: whatever of them it
/// executes or obeys, it can do no more than the agent could.
public interface ProgramEnclosure {
  /// The command line that runs these words within the bounds. Where that is not possible, one that
  /// only says so and fails.
  ///
  /// @param environment of the program, complete
  List<String> wrap(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException, InterruptedException;

  /// Lets out what may get out, once a program that was wrapped there has ended; also if another
  /// process had wrapped it.
  void settle(Path directory, Map<String, String> environment)
      throws IOException, InterruptedException;

  /// No bounds at all.
  static ProgramEnclosure open() {
    return new ProgramEnclosure() {
      @Override
      public List<String> wrap(List<String> argv, Path directory, Map<String, String> environment) {
        return argv;
      }

      @Override
      public void settle(Path directory, Map<String, String> environment) {
        // Nothing was kept in.
      }
    };
  }
}
