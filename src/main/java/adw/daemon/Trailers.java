package adw.daemon;

import adw.git.GitException;
import adw.git.Repository;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What commits themselves say of the run that made them (`Adw-Run:`), for runs whose records are
/// elsewhere: in the repository that this one was cloned from. Each id is looked up once, since
/// that reads the history.
final class Trailers {
  private static final Logger LOG = LoggerFactory.getLogger(Trailers.class);

  private final Repository repository;
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  Trailers(Repository repository) {
    this.repository = repository;
  }

  Optional<String> find(String run) {
    return known.computeIfAbsent(run, this::look);
  }

  private Optional<String> look(String run) {
    try {
      return repository.findRun(run);
    } catch (IOException | GitException e) {
      LOG.warn("{}: no commit of it can be looked for", run, e);
      return Optional.empty();
    }
  }
}
