package adw.daemon.context;

import adw.os.MachineLack;
import adw.os.ProblemWords;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the fault of one run, line or file ends: it is told, once, and the others go on. What the
/// machine lacks for a moment is nobody's fault and goes up.
public final class FaultBoundary {
  private static final Logger LOG = LoggerFactory.getLogger(FaultBoundary.class);

  private final DaemonListener listener;
  private final Set<String> told = new HashSet<>();

  public FaultBoundary(DaemonListener listener) {
    this.listener = listener;
  }

  /// What is done with one of them.
  public interface Step<T> {
    T take() throws IOException;
  }

  /// Empty if it failed.
  ///
  /// @param whose whose fault it would be, for people
  public <T> Optional<T> contain(String whose, Step<T> step) throws IOException {
    try {
      return Optional.of(step.take());
    } catch (IOException | RuntimeException e) {
      if (MachineLack.isPassing(e)) {
        throw e;
      }
      LOG.error("{} is left out", whose, e);
      tell(whose + ": " + ProblemWords.of(e));
      return Optional.empty();
    }
  }

  /// Once, not at every look.
  public void tell(String sentence) {
    if (told.add(sentence)) {
      listener.noticed(sentence);
    }
  }
}
