package adw.cli;

import adw.run.Outcome;
import adw.run.Run;
import adw.run.Runs;
import adw.task.Decision;
import adw.task.Facts;
import adw.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/// What the records alone know: for commands that only look, and have watched nothing.
record RecordedFacts(Runs runs, Obstacles obstacles) implements Facts {
  @Override
  public Optional<Fate> findFate(String idOrName) {
    try {
      return runs.find(idOrName).map(RecordedFacts::fate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fate fate(Run run) {
    if (!run.hasEnded() || run.outcome().isEmpty()) {
      return new Fate.Open();
    }
    return switch (run.outcome().get()) {
      case Outcome.Done(var commit) -> new Fate.Done(run.id(), Optional.of(commit));
      case Outcome.Answered _, Outcome.TakenOver _ -> new Fate.Done(run.id(), Optional.empty());
      case Outcome.Failed _, Outcome.Cancelled _ -> new Fate.Failed(run.id());
    };
  }

  @Override
  public Optional<Instant> findFirstSeen(Task task) {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> findLastCopied(Task template) {
    return Optional.empty();
  }

  @Override
  public boolean isReviewed(String runId) {
    return false;
  }

  @Override
  public Optional<Decision.Held> findObstacle(Task task) {
    return obstacles.find(task);
  }
}
