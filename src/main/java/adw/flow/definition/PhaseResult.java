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
    Status status,
    Optional<String> output,
    Optional<Json> json,
    Optional<String> error,
    Detail detail,
    Remarks remarks,
    Usage usage,
    String hash) {

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
      OptionalInt attempts,
      List<String> warnings,
      Set<String> notes,
      boolean isCached,
      boolean isCut,
      Optional<String> model,
      Duration took) {
    public static final Remarks NONE =
        new Remarks(
            OptionalInt.empty(),
            List.of(),
            Set.of(),
            false,
            false,
            Optional.empty(),
            Duration.ZERO);

    public Remarks {
      warnings = List.copyOf(warnings);
      notes = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(notes));
    }

    public Remarks withAttempts(int count) {
      return new Remarks(OptionalInt.of(count), warnings, notes, isCached, isCut, model, took);
    }

    public Remarks withWarnings(List<String> more) {
      return new Remarks(attempts, more, notes, isCached, isCut, model, took);
    }

    Remarks cached() {
      return new Remarks(OptionalInt.empty(), warnings, notes, true, isCut, model, Duration.ZERO);
    }

    public Remarks cut(boolean cut) {
      return new Remarks(attempts, warnings, notes, isCached, cut, model, took);
    }

    public Remarks withModel(Optional<String> name) {
      return new Remarks(attempts, warnings, notes, isCached, isCut, name, took);
    }

    public Remarks seen(Set<String> names, Duration time) {
      return new Remarks(attempts, warnings, names, isCached, isCut, model, time);
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
        status, output, Optional.empty(), error, new Detail.Plain(), Remarks.NONE, Usage.NONE, "");
  }

  public PhaseResult with(Detail other) {
    return new PhaseResult(status, output, json, error, other, remarks, usage, hash);
  }

  public PhaseResult with(Remarks other) {
    return new PhaseResult(status, output, json, error, detail, other, usage, hash);
  }

  public PhaseResult with(Usage other) {
    return new PhaseResult(status, output, json, error, detail, remarks, other, hash);
  }

  public PhaseResult withHash(String other) {
    return new PhaseResult(status, output, json, error, detail, remarks, usage, other);
  }

  public PhaseResult withJson(Optional<Json> other) {
    return new PhaseResult(status, output, other, error, detail, remarks, usage, hash);
  }

  public PhaseResult withError(Optional<String> other) {
    return new PhaseResult(status, output, json, other, detail, remarks, usage, hash);
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
      case DONE -> Optional.of(output.orElse(""));
      case FAILED -> Optional.of(output.orElse("[previous phase failed]"));
      case SKIPPED -> Optional.empty();
    };
  }

  /// What `{steps.ID.json}` is: the JSON that was kept, or the one found in the output.
  Optional<Json> visibleJson() {
    return json.or(() -> visibleOutput().flatMap(JsonInText::find));
  }
}
