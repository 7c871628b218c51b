package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.spend.Usage;
import java.util.Optional;

/// What came of one call of a phase, with all its attempts.
sealed interface CallResult {
  String ABORTED = "Subagent was aborted";

  /// Of all attempts together.
  Usage usage();

  int attempts();

  record Good(String output, Usage usage, int attempts, Optional<String> model)
      implements CallResult {}

  /// @param isTransient the same call may go well a little later
  record Failed(String output, Usage usage, int attempts, boolean isTransient)
      implements CallResult {}

  /// Somebody ended the run meanwhile.
  record Aborted(Usage usage, int attempts) implements CallResult {
    @Override
    public String output() {
      return ABORTED;
    }
  }

  /// Answered, with something that does not fit `expect`.
  record Unfit(String problem, Usage usage, int attempts) implements CallResult {
    @Override
    public String output() {
      return "the answer does not fit 'expect': " + problem;
    }
  }

  /// It waits for a person or a time.
  record Open(Usage usage, int attempts) implements CallResult {
    @Override
    public String output() {
      return "";
    }
  }

  /// The answer, or what is said instead of one.
  String output();

  /// Of the agent, where it told one.
  default Optional<String> model() {
    return Optional.empty();
  }

  default boolean isGood() {
    return this instanceof Good;
  }

  default boolean isOpen() {
    return this instanceof Open;
  }

  default Optional<String> error() {
    return isGood() || isOpen() ? Optional.empty() : Optional.of(output());
  }

  /// One that an earlier run has paid.
  static CallResult of(PhaseResult earlier) {
    return new Good(
        earlier.output().orElse(""),
        earlier.usage(),
        earlier.remarks().attempts().orElse(1),
        earlier.remarks().model());
  }

  /// For the record and the cache.
  default PhaseResult toPhaseResult() {
    var remarks = PhaseResult.Remarks.NONE.withModel(model());
    var result = isGood() ? PhaseResult.done(output()) : PhaseResult.failed(output());
    return result.with(usage()).with(attempts() > 1 ? remarks.withAttempts(attempts()) : remarks);
  }
}
