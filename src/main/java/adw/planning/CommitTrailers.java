package adw.planning;

import adw.git.config.GitException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What commits themselves say of the run that made them (`Adw-Run:`), for runs whose records are
/// elsewhere: in the repository that this one was cloned from. Each id is looked up once, since
/// that reads the history.
public final class CommitTrailers {
  /// Looks through the history.
  @FunctionalInterface
  public interface Search {
    Optional<String> findRun(String id) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(CommitTrailers.class);

  private final Search search;
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  public CommitTrailers(Search search) {
    this.search = search;
  }

  public Optional<String> find(String run) {
    return known.computeIfAbsent(run, this::look);
  }

  private Optional<String> look(String run) {
    try {
      return search.findRun(run);
    } catch (IOException | GitException e) {
      LOG.warn("{}: no commit of it can be looked for", run, e);
      return Optional.empty();
    }
  }
}
