package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.json.Json;
import adw.run.Stage;
import adw.spend.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// How a run of a flow ended.
///
/// @param phases results by id, in the order of the definition; those never reached are absent
public record FlowOutcome(
    Ending ending,
    SequencedMap<String, PhaseResult> phases,
    Costs costs,
    List<Waiting> waiting,
    List<String> warnings) {

  /// @param why what kept it from ending well
  public record Ending(Status status, String output, Optional<String> why) {}

  /// @param usage of the results that count
  /// @param spent on everything, also on attempts that were repeated or replaced
  public record Costs(Usage usage, Usage spent) {}

  public enum Status {
    COMPLETED,
    FAILED,
    BLOCKED,
    PAUSED
  }

  /// What the run waits for; it is resumed when a person has acted, or the time has come.
  public record Waiting(
      List<String> path, Stage.Wait.Why what, String message, Optional<Instant> until) {}

  public FlowOutcome {
    phases = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(phases));
    waiting = List.copyOf(waiting);
    warnings = List.copyOf(warnings);
  }

  FlowOutcome withWarnings(List<String> more) {
    return new FlowOutcome(ending, phases, costs, waiting, more);
  }

  public Status status() {
    return ending.status();
  }

  public String output() {
    return ending.output();
  }

  public Optional<String> why() {
    return ending.why();
  }

  public Usage usage() {
    return costs.usage();
  }

  public Usage spent() {
    return costs.spent();
  }

  public boolean succeeded() {
    return status() == Status.COMPLETED;
  }

  public Optional<PhaseResult> find(String id) {
    return Optional.ofNullable(phases.get(id));
  }

  /// The flow's output, with what is wrong with its arguments below it.
  public String finalOutput() {
    return warnings.isEmpty()
        ? output()
        : output() + "\n\nWarnings:\n- " + String.join("\n- ", warnings);
  }

  /// The object that `--json` prints.
  public Json.Obj toJson(Optional<String> runId) {
    var all = new LinkedHashMap<String, Json>();
    phases.forEach((id, result) -> all.put(id, ResultJson.write(result)));
    var out =
        Json.Obj.empty()
            .with("runId", runId)
            .with("status", status().name().toLowerCase(Locale.ROOT))
            .with("finalOutput", finalOutput())
            .with("phases", new Json.Obj(all))
            .with("usage", ResultJson.usage(usage()))
            .with("spent", ResultJson.usage(spent()));
    return waiting.isEmpty()
        ? out
        : out.with("waiting", new Json.Arr(waiting.stream().map(FlowOutcome::toJson).toList()));
  }

  private static Json toJson(Waiting waiting) {
    return Json.Obj.empty()
        .with("phase", String.join("/", waiting.path()))
        .with("for", waiting.what().word())
        .with("message", waiting.message())
        .with("until", waiting.until().map(Instant::toString));
  }
}
