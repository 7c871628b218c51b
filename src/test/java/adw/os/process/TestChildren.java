package adw.os.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Commands for tests: a fixed, small environment.
public final class TestChildren {
  public static final Duration LIMIT = Duration.ofMinutes(3);
  public static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8");

  private TestChildren() {}

  public static Command sh(Path directory, String script) {
    return new Command(List.of("sh", "-c", script), directory, ENVIRONMENT, LIMIT);
  }

  static Supervisor.Job job(Path directory, String script) {
    return job(directory, script, Map.of());
  }

  static Supervisor.Job job(Path directory, String script, Map<String, String> more) {
    var environment = new java.util.HashMap<>(ENVIRONMENT);
    environment.putAll(more);
    return new Supervisor.Job(
        List.of("sh", "-c", script), directory, environment, Path.of("/dev/null"));
  }
}
