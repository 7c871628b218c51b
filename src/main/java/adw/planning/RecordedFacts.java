package adw.planning;

import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunStore;
import adw.task.Task;
import adw.task.readiness.Decision;
import adw.task.readiness.Facts;
import adw.text.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the records know that the file cannot say; for readiness.
public final class RecordedFacts implements Facts {
  /// Longest chain of retries that is followed.
  private static final int MAX_CHAIN = 1000;

  private final RunStore runs;
  private final TimesSeen seen;
  private final Function<String, Optional<String>> commits;
  private final Function<Task, Optional<Decision.Held>> obstacles;
  private final Predicate<Task> gates;

  /// When lines were first seen, and templates last copied.
  public interface TimesSeen {
    Optional<Instant> findFirstSeen(Task task);

    Optional<Instant> findLastCopied(Task template);
  }

  /// @param commits the commit of a run that has no record here
  /// @param obstacles why a task cannot start whatever the file says
  /// @param gates whether a task tagged `#approve` runs nothing
  public RecordedFacts(
      RunStore runs,
      TimesSeen seen,
      Function<String, Optional<String>> commits,
      Function<Task, Optional<Decision.Held>> obstacles,
      Predicate<Task> gates) {
    this.runs = runs;
    this.seen = seen;
    this.commits = commits;
    this.obstacles = obstacles;
    this.gates = gates;
  }

  @Override
  public Optional<Fate> findFate(String idOrName) {
    try {
      return findLast(idOrName).map(RecordedFacts::fate).or(() -> findElsewhere(idOrName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Fate> findElsewhere(String id) {
    return RunId.isId(id)
        ? commits.apply(id).map(commit -> new Fate.Done(id, Optional.of(commit)))
        : Optional.empty();
  }

  /// The last attempt of the lineage that the id stands for.
  private Optional<Run> findLast(String id) throws IOException {
    var run = runs.find(id);
    for (var i = 0; i < MAX_CHAIN && run.isPresent(); i++) {
      var next = run.get().notes().next();
      if (next.isEmpty()) {
        return run;
      }
      run = runs.find(next.get());
    }
    return run;
  }

  private static Fate fate(Run run) {
    return run.outcome()
        .filter(_ -> run.hasEnded())
        .map(outcome -> fate(run, outcome))
        .orElseGet(Fate.Open::new);
  }

  private static Fate fate(Run run, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var commit, _) -> new Fate.Done(run.id(), Optional.of(commit));
      case Outcome.Answered _, Outcome.TakenOver _ -> new Fate.Done(run.id(), Optional.empty());
      case Outcome.Failed _ -> new Fate.Failed(run.id());
      case Outcome.Cancelled _ -> new Fate.Discarded(run.id());
    };
  }

  @Override
  public Optional<Instant> findFirstSeen(Task task) {
    return seen.findFirstSeen(task);
  }

  @Override
  public Optional<Instant> findLastCopied(Task template) {
    return seen.findLastCopied(template);
  }

  @Override
  public Optional<Decision.Held> findObstacle(Task task) {
    return obstacles.apply(task);
  }

  @Override
  public boolean isGate(Task task) {
    return gates.test(task);
  }
}
