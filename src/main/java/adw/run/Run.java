package adw.run;

import adw.spend.Usage;
import java.time.Instant;
import java.util.Optional;

/// One attempt at one task, as `run.json` holds it. Members of the file that this version does not
/// know are kept in `notes` and written back.
public record Run(
    Attempt attempt,
    TaskSnapshot order,
    Optional<RunPlace> place,
    Progress progress,
    Usage usage,
    RunNotes notes) {

  /// Which attempt it is, and whose.
  ///
  /// @param owner the daemon (a file name in `STATE/daemons`) that carries this run
  public record Attempt(String id, Lineage lineage, String owner) {}

  /// A run and its retries.
  ///
  /// @param first id of the first attempt
  /// @param attempt 1 for the first
  public record Lineage(String first, int attempt) {
    public Lineage next() {
      return new Lineage(first, attempt + 1);
    }
  }

  /// How far it has come.
  public record Progress(Stage stage, Times times) {}

  /// When it was claimed, when its workflow was first started, when it ended.
  public record Times(Instant claimed, Optional<Instant> started, Optional<Instant> ended) {}

  public static Run claimed(
      String id, Lineage lineage, TaskSnapshot order, String owner, Instant now) {
    return new Run(
        new Attempt(id, lineage, owner),
        order,
        Optional.empty(),
        new Progress(new Stage.Claimed(), new Times(now, Optional.empty(), Optional.empty())),
        Usage.NONE,
        RunNotes.NONE);
  }

  public String id() {
    return attempt.id();
  }

  public Lineage lineage() {
    return attempt.lineage();
  }

  public String owner() {
    return attempt.owner();
  }

  public Stage stage() {
    return progress.stage();
  }

  public Times times() {
    return progress.times();
  }

  private Run with(Progress next) {
    return new Run(attempt, order, place, next, usage, notes);
  }

  public Run at(Stage next) {
    return with(new Progress(next, times()));
  }

  public Run in(RunPlace where) {
    return new Run(attempt, order, Optional.of(where), progress, usage, notes);
  }

  public Run ownedBy(String daemon) {
    return new Run(new Attempt(id(), lineage(), daemon), order, place, progress, usage, notes);
  }

  public Run with(TaskSnapshot changed) {
    return new Run(attempt, changed, place, progress, usage, notes);
  }

  public Run with(Usage spent) {
    return new Run(attempt, order, place, progress, spent, notes);
  }

  public Run with(RunNotes more) {
    return new Run(attempt, order, place, progress, usage, more);
  }

  public Run startedAt(Instant now) {
    var started = times().started().or(() -> Optional.of(now));
    return with(new Progress(stage(), new Times(times().claimed(), started, times().ended())));
  }

  public Run endedAt(Instant now) {
    var ended = new Times(times().claimed(), times().started(), Optional.of(now));
    return with(new Progress(stage(), ended));
  }

  public boolean hasEnded() {
    return stage() instanceof Stage.Ended;
  }

  /// How it ended, once that is known; it may still have to be written to the task file.
  public Optional<Outcome> outcome() {
    return switch (stage()) {
      case Stage.Reporting(var outcome) -> Optional.of(outcome);
      case Stage.Ended(var outcome, _) -> Optional.of(outcome);
      case Stage.Claimed _,
          Stage.Preparing _,
          Stage.Running _,
          Stage.Waiting _,
          Stage.Committing _,
          Stage.Verifying _ ->
          Optional.empty();
    };
  }
}
