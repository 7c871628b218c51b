package adw.flow.definition;

import adw.json.Json;
import adw.json.JsonInText;
import adw.spend.Usage;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How a phase ended.
///
/// @param hash of everything that went in; equal hashes make a result reusable
public record PhaseResult(
    Status status, Words words, Detail detail, Remarks remarks, Usage usage, String hash) {

  /// @param json of the output, where it was kept
  public record Words(Optional<String> output, Optional<Json> json, Optional<String> error) {}

  public enum Status {
    DONE,
    FAILED,
    SKIPPED;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
      return word;
    }
  }

  /// What only one type of phase has to tell.
  public sealed interface Detail {
    record Plain() implements Detail {}

    record Gated(boolean blocks, Optional<String> reason) implements Detail {}

    /// @param by who answered, where that is known
    record Decided(
        String decision,
        Optional<String> note,
        boolean isAutomatic,
        Optional<String> by,
        Optional<String> blockedBecause)
        implements Detail {}

    record Looped(int iterations, String stop) implements Detail {}

    record Judged(int variants, int winner, String mode, Optional<String> reason)
        implements Detail {}

    record Fanned(int done, int total, int failed) implements Detail {}

    /// A generated plan that could not be used.
    record Misplanned(String problem) implements Detail {}
  }

  /// What is worth knowing beside the result itself.
  ///
  /// @param notes what stayed as written or was left out, without being wrong
  /// @param isCut something was left undone because the budget was spent
  public record Remarks(
      Effort effort, List<String> warnings, Set<String> notes, boolean isCached, boolean isCut) {
    public static final Remarks NONE = new Remarks(Effort.NONE, List.of(), Set.of(), false, false);

    /// What it took.
    public record Effort(OptionalInt attempts, Optional<String> model, Duration took) {
      static final Effort NONE = new Effort(OptionalInt.empty(), Optional.empty(), Duration.ZERO);
    }

    public Remarks {
      warnings = List.copyOf(warnings);
      notes = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(notes));
    }

    public OptionalInt attempts() {
      return effort.attempts();
    }

    public Optional<String> model() {
      return effort.model();
    }

    public Duration took() {
      return effort.took();
    }

    private Remarks with(Effort other) {
      return new Remarks(other, warnings, notes, isCached, isCut);
    }

    public Remarks withAttempts(int count) {
      return with(new Effort(OptionalInt.of(count), model(), took()));
    }

    public Remarks withWarnings(List<String> more) {
      return new Remarks(effort, more, notes, isCached, isCut);
    }

    Remarks cached() {
      var none = new Effort(OptionalInt.empty(), model(), Duration.ZERO);
      return new Remarks(none, warnings, notes, true, isCut);
    }

    public Remarks cut(boolean cut) {
      return new Remarks(effort, warnings, notes, isCached, cut);
    }

    public Remarks withModel(Optional<String> name) {
      return with(new Effort(attempts(), name, took()));
    }

    public Remarks seen(Set<String> names, Duration time) {
      var timed = new Effort(attempts(), model(), time);
      return new Remarks(timed, warnings, names, isCached, isCut);
    }
  }

  public static PhaseResult done(String output) {
    return of(Status.DONE, Optional.of(output), Optional.empty());
  }

  /// A failure that left no output.
  public static PhaseResult failed(String error) {
    return of(Status.FAILED, Optional.empty(), Optional.of(error));
  }

  public static PhaseResult failed(String output, String error) {
    return of(Status.FAILED, Optional.of(output), Optional.of(error));
  }

  public static PhaseResult skipped(String why) {
    return of(Status.SKIPPED, Optional.empty(), Optional.of(why));
  }

  private static PhaseResult of(Status status, Optional<String> output, Optional<String> error) {
    return new PhaseResult(
        status,
        new Words(output, Optional.empty(), error),
        new Detail.Plain(),
        Remarks.NONE,
        Usage.NONE,
        "");
  }

  public Optional<String> output() {
    return words.output();
  }

  public Optional<Json> json() {
    return words.json();
  }

  public Optional<String> error() {
    return words.error();
  }

  private PhaseResult with(Words other) {
    return new PhaseResult(status, other, detail, remarks, usage, hash);
  }

  public PhaseResult with(Detail other) {
    return new PhaseResult(status, words, other, remarks, usage, hash);
  }

  public PhaseResult with(Remarks other) {
    return new PhaseResult(status, words, detail, other, usage, hash);
  }

  public PhaseResult with(Usage other) {
    return new PhaseResult(status, words, detail, remarks, other, hash);
  }

  public PhaseResult withHash(String other) {
    return new PhaseResult(status, words, detail, remarks, usage, other);
  }

  public PhaseResult withJson(Optional<Json> other) {
    return with(new Words(output(), other, error()));
  }

  public PhaseResult withError(Optional<String> other) {
    return with(new Words(output(), json(), other));
  }

  /// The result as another run sees it: it costs nothing here.
  public PhaseResult fromCache() {
    return with(Usage.NONE).with(remarks.cached());
  }

  public boolean isDone() {
    return status == Status.DONE;
  }

  /// Why the flow must not go on, for a gate or an approval that said so.
  public Optional<Optional<String>> block() {
    return switch (detail) {
      case Detail.Gated(var blocks, var reason) when blocks -> Optional.of(reason);
      case Detail.Decided decided when decided.blockedBecause().isPresent() ->
          Optional.of(decided.blockedBecause());
      case Detail.Gated _,
          Detail.Decided _,
          Detail.Plain _,
          Detail.Looped _,
          Detail.Judged _,
          Detail.Fanned _,
          Detail.Misplanned _ ->
          Optional.empty();
    };
  }

  /// What `{steps.ID.output}` is.
  public Optional<String> visibleOutput() {
    return switch (status) {
      case DONE -> Optional.of(output().orElse(""));
      case FAILED -> Optional.of(output().orElse("[previous phase failed]"));
      case SKIPPED -> Optional.empty();
    };
  }

  /// What `{steps.ID.json}` is: the JSON that was kept, or the one found in the output.
  Optional<Json> visibleJson() {
    return json().or(() -> visibleOutput().flatMap(JsonInText::find));
  }
}
