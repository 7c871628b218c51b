package adw.flow.definition;

import adw.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A declared graph of phases, as it was read. It may still be wrong: `FlowChecker` says so.
public record Flow(
    String name,
    Optional<String> description,
    SequencedMap<String, Argument> args,
    Rules rules,
    List<Phase> phases,
    Origin origin) {

  static final int CONCURRENCY = 8;
  static final int MOST_PHASES = 10_000;

  /// What holds for the flow as a whole.
  ///
  /// @param concurrency how many phases run at once
  /// @param agentScope whose roles its agents play: `user`, `project` or `both`
  public record Rules(
      int concurrency,
      Optional<Budget> budget,
      String agentScope,
      boolean strictInterpolation,
      boolean strict,
      boolean needsCommit) {}

  /// @param source the definition as JSON, shorthand already written out
  /// @param file where it was read, absent for one that was generated
  public record Origin(Json.Obj source, Optional<Path> file) {}

  /// What may be given to a flow.
  public record Argument(
      String type,
      Optional<Json> byDefault,
      boolean isRequired,
      List<String> values,
      Optional<String> description) {}

  /// Nothing new starts once more than this is spent.
  ///
  /// @param line where it stands in the file
  public record Budget(Optional<Double> maxUsd, Optional<Long> maxTokens, int line) {}

  public Flow withBudget(Optional<Budget> other) {
    var changed =
        new Rules(
            rules.concurrency(),
            other,
            rules.agentScope(),
            rules.strictInterpolation(),
            rules.strict(),
            rules.needsCommit());
    return new Flow(name, description, args, changed, phases, origin);
  }

  /// `{name, phases: [{id, type, dependsOn, when, final}]}`, for programs that draw it themselves.
  public Json.Obj graph() {
    return Json.Obj.empty()
        .with("name", name)
        .with("phases", new Json.Arr(phases.stream().map(this::node).toList()));
  }

  private Json node(Phase phase) {
    var common = phase.common();
    return Json.Obj.empty()
        .with("id", common.id())
        .with("type", common.type())
        .with("dependsOn", Json.Arr.ofTexts(common.dependencies()))
        .with("when", common.when().map(Condition::text))
        .with("final", phase.equals(result()));
  }

  /// The phase whose output is the flow's: the one marked final, else the last.
  public Phase result() {
    return phases.stream()
        .filter(phase -> phase.common().effect().isFinal())
        .findFirst()
        .orElseGet(phases::getLast);
  }
}
