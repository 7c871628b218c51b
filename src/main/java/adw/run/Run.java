package adw.run;

import adw.json.Json;
import adw.spend.Usage;
import java.time.Instant;
import java.util.Optional;

/// One attempt at one task, as `run.json` holds it. Members of the file that this version does not
/// know are kept in `unknown` and written back.
///
/// @param owner the daemon (a file name in `STATE/daemons`) that carries this run
public record Run(
    String id,
    Lineage lineage,
    TaskSnapshot order,
    String owner,
    Optional<RunPlace> place,
    Stage stage,
    Times times,
    Usage usage,
    Json.Obj unknown) {

  /// A run and its retries.
  ///
  /// @param first id of the first attempt
  /// @param attempt 1 for the first
  public record Lineage(String first, int attempt) {
    public Lineage next() {
      return new Lineage(first, attempt + 1);
    }
  }

  /// When it was claimed, when its workflow was first started, when it ended.
  public record Times(Instant claimed, Optional<Instant> started, Optional<Instant> ended) {}

  public static Run claimed(
      String id, Lineage lineage, TaskSnapshot order, String owner, Instant now) {
    return new Run(
        id,
        lineage,
        order,
        owner,
        Optional.empty(),
        new Stage.Claimed(),
        new Times(now, Optional.empty(), Optional.empty()),
        Usage.NONE,
        Json.Obj.empty());
  }

  public Run at(Stage next) {
    return new Run(id, lineage, order, owner, place, next, times, usage, unknown);
  }

  public Run in(RunPlace where) {
    return new Run(id, lineage, order, owner, Optional.of(where), stage, times, usage, unknown);
  }

  public Run ownedBy(String daemon) {
    return new Run(id, lineage, order, daemon, place, stage, times, usage, unknown);
  }

  public Run with(TaskSnapshot changed) {
    return new Run(id, lineage, changed, owner, place, stage, times, usage, unknown);
  }

  public Run with(Usage spent) {
    return new Run(id, lineage, order, owner, place, stage, times, spent, unknown);
  }

  public Run with(Json.Obj more) {
    return new Run(id, lineage, order, owner, place, stage, times, usage, more);
  }

  public Run startedAt(Instant now) {
    var changed =
        new Times(times.claimed(), times.started().or(() -> Optional.of(now)), times.ended());
    return new Run(id, lineage, order, owner, place, stage, changed, usage, unknown);
  }

  public Run endedAt(Instant now) {
    var changed = new Times(times.claimed(), times.started(), Optional.of(now));
    return new Run(id, lineage, order, owner, place, stage, changed, usage, unknown);
  }

  public boolean hasEnded() {
    return stage instanceof Stage.Ended;
  }

  /// How it ended, once that is known; it may still have to be written to the task file.
  public Optional<Outcome> outcome() {
    return switch (stage) {
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
