package adw.cli.project;

import adw.os.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What commits say of runs that have no record here, since they ran in another clone. The git
/// program is asked, which takes less time than to load JGit; only for a task that waits for such a
/// run, and not for long: the loop looks as long as it takes.
public final class RunCommits {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, Optional<String>> known = new HashMap<>();

  public RunCommits(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /// The commit that the run made.
  public Optional<String> find(String run) {
    return known.computeIfAbsent(run, this::ask);
  }

  private Optional<String> ask(String run) {
    var argv =
        List.of(
            "git",
            "log",
            "--all",
            "-1",
            "--format=%H",
            "--all-match",
            "--grep=^Adw-Run: " + run + "$",
            "--grep=^Adw-Workflow: ");
    try {
      var ended = new Command(argv, folder, environment, LIMIT, new byte[0]).run();
      return Optional.of(ended.outText().strip())
          .filter(commit -> ended.succeeded() && !commit.isEmpty());
    } catch (IOException _) {
      return Optional.empty(); // no git program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
