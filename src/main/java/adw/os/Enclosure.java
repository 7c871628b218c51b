package adw.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Bounds for what is started among files that an agent may have written: whatever of them it
/// executes or obeys, it can do no more than the agent could.
public interface Enclosure {
  /// The command line that runs these words within the bounds. Where that is not possible, one that
  /// only says so and fails.
  ///
  /// @param environment of the program, complete
  List<String> wrap(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException;

  /// No bounds at all.
  static Enclosure open() {
    return (argv, _, _) -> argv;
  }
}
