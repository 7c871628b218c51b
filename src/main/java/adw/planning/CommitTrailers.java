package adw.planning;

import adw.git.config.GitEnvironment;
import adw.git.config.GitException;
import adw.git.config.GitProgram;
import adw.git.config.RepositoryPaths;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What commits themselves say of the run that made them (`Adw-Run:`), for runs whose records are
/// elsewhere: in the repository that this one was cloned from. Each id is looked up once, since
/// that reads the history. The git program is asked: a command that only looks need not load JGit.
public final class CommitTrailers {
  private static final Logger LOG = LoggerFactory.getLogger(CommitTrailers.class);

  private final RepositoryPaths place;
  private final GitEnvironment world;
  private final Duration limit;
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  /// @param limit how long one look may take; a run that was not found by then counts as unknown
  public CommitTrailers(RepositoryPaths place, GitEnvironment world, Duration limit) {
    this.place = place;
    this.world = world;
    this.limit = limit;
  }

  /// The newest commit that the run made, on any branch, also of a remote. What was kept of one
  /// that failed, and the base that was merged for it, name no workflow.
  public Optional<String> find(String run) {
    return known.computeIfAbsent(run, this::look);
  }

  private Optional<String> look(String run) {
    var git = GitProgram.find(world);
    try {
      return git.isPresent() ? ask(git.get(), run) : Optional.empty();
    } catch (IOException | GitException e) {
      LOG.warn("{}: no commit of it can be looked for", run, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<String> ask(GitProgram git, String run)
      throws IOException, InterruptedException {
    var arguments =
        List.of(
            "log",
            "--all",
            "-1",
            "--format=%H",
            "--all-match",
            "--grep=^Adw-Run: " + run + "$",
            "--grep=^Adw-Workflow: ");
    var call =
        new GitProgram.Call(place.commonDir(), arguments)
            .with("GIT_DIR", place.commonDir().toString())
            .within(limit);
    var answer = git.call(call);
    return Optional.of(answer.out().strip()).filter(commit -> answer.isOk() && !commit.isEmpty());
  }
}
