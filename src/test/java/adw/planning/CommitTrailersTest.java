package adw.planning;

import static org.assertj.core.api.Assertions.assertThat;

import adw.git.config.GitEnvironment;
import adw.git.config.RepositoryPaths;
import adw.os.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run whose record is elsewhere is known by the commit that it made.
class CommitTrailersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Map<String, String> environment;

  @BeforeEach
  void create() throws Exception {
    environment =
        Map.of(
            "PATH", System.getenv("PATH"),
            "HOME", folder.toString(),
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "Ann",
            "GIT_AUTHOR_EMAIL", "ann@example.org",
            "GIT_COMMITTER_NAME", "Ann",
            "GIT_COMMITTER_EMAIL", "ann@example.org");
    git("init", "-q", "-b", "main", ".");
    commit("first");
  }

  private String git(String... arguments) throws Exception {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    var ended = new Command(argv, folder, environment, LIMIT, new byte[0]).run();
    assertThat(ended.succeeded()).as(ended.errText()).isTrue();
    return ended.outText().strip();
  }

  private String commit(String message) throws Exception {
    git("commit", "-q", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD");
  }

  private CommitTrailers trailers() throws Exception {
    var place = RepositoryPaths.find(folder).orElseThrow();
    return new CommitTrailers(
        place, new GitEnvironment(environment, InstantSource.system()), LIMIT);
  }

  @Test
  void whatARunMadeIsFoundOnABranchOfARemoteAndIsNotWhatWasKeptOfIt() throws Exception {
    var made = commit("it\n\nAdw-Run: adw_1\nAdw-Workflow: w");
    git("update-ref", "refs/remotes/origin/task-x", made);
    git("reset", "-q", "--hard", "HEAD~1");
    commit("wip: it\n\nAdw-Run: adw_1");
    commit("wip: other\n\nAdw-Run: adw_2");

    assertThat(trailers().find("adw_1")).contains(made);
    assertThat(trailers().find("adw_2")).isEmpty();
    assertThat(trailers().find("adw_")).isEmpty();
  }
}
