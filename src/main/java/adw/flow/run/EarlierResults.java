package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.spend.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an interrupted run had already got, and what it had paid.
///
/// @param phases by path
/// @param calls by path and key
/// @param questions by path and slot
/// @param isReplay everything is taken as it was, also what failed or blocked
record EarlierResults(
    Map<List<String>, PhaseResult> phases,
    Map<List<String>, PhaseResult> calls,
    Map<List<String>, Question> questions,
    Usage spent,
    boolean isReplay) {
  static final EarlierResults NONE =
      new EarlierResults(Map.of(), Map.of(), Map.of(), Usage.NONE, false);

  /// @param text empty where the call was stopped without having asked anything
  /// @param session in which the agent can go on
  record Question(String text, Optional<String> session) {}

  EarlierResults asReplay() {
    return new EarlierResults(phases, calls, questions, spent, true);
  }

  boolean isEmpty() {
    return phases.isEmpty() && calls.isEmpty();
  }

  Optional<PhaseResult> phase(List<String> path, String hash) {
    return Optional.ofNullable(phases.get(path))
        .filter(result -> result.hash().equals(hash))
        .filter(result -> isReplay || (result.isDone() && result.block().isEmpty()));
  }

  /// What the call had asked when the run was left.
  Optional<Question> question(List<String> path, String slot) {
    return questions.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(questions.get(callKey(path, slot)));
  }

  Optional<PhaseResult> call(List<String> path, String key) {
    return calls.isEmpty() ? Optional.empty() : Optional.ofNullable(calls.get(callKey(path, key)));
  }

  static List<String> callKey(List<String> path, String key) {
    var all = new java.util.ArrayList<>(path);
    all.add(key);
    return List.copyOf(all);
  }
}
