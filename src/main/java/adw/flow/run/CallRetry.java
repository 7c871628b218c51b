package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.run.PhaseCaller.Ask;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Repeats a call that went wrong, as long as the phase and the budget allow. An explicit `max` is
/// the whole allowance. `max: 0` asks for nothing, so that only trouble on the wire and an answer
/// that does not fit are tried again, as without a policy.
final class CallRetry {
  private static final int TRANSIENT_RETRIES = 3;
  private static final long TRANSIENT_MILLIS = 2_000;
  private static final long LONGEST_MILLIS = 60_000;

  private final PhaseTurn turn;
  private final Optional<Phase.Retry> policy;
  private final CallAttempt attempt;

  CallRetry(PhaseTurn turn, Optional<Phase.Retry> policy, CallAttempt attempt) {
    this.turn = turn;
    this.policy = policy;
    this.attempt = attempt;
  }

  CallResult call(Ask first) throws InterruptedException, IOException {
    var result = attempt.call(first, CallAttempt.Before.NONE);
    while (true) {
      var wait = pause(result);
      if (wait.isEmpty() || turn.isStopped()) {
        return result;
      }
      if (turn.overBudget().isPresent()) {
        turn.cutShort();
        return result;
      }
      var before = CallAttempt.Before.of(result);
      var next =
          result instanceof CallResult.Unfit unfit ? first.correctedFor(unfit.problem()) : first;
      try {
        turn.world().time().pause().pause(wait.get());
      } catch (InterruptedException _) {
        return attempt.aborted(before);
      }
      result = attempt.call(next, before);
    }
  }

  /// How long to wait before the next attempt; empty when there is none.
  private Optional<Duration> pause(CallResult result) {
    return switch (result) {
      case CallResult.Good _, CallResult.Open _ -> Optional.empty();
      case CallResult.Failed failed ->
          pause(failed, failed.isTransient() ? TRANSIENT_RETRIES : 0, TRANSIENT_MILLIS);
      case CallResult.Unfit unfit -> pause(unfit, 1, 0);
      case CallResult.Aborted aborted -> pause(aborted, 0, TRANSIENT_MILLIS);
    };
  }

  private Optional<Duration> pause(CallResult result, int usual, long millis) {
    var asked = policy.map(Phase.Retry::max).orElse(0);
    return result.attempts() > (asked > 0 ? asked : usual)
        ? Optional.empty()
        : Optional.of(
            policy
                .map(retry -> growing(retry.backoffMillis(), retry.factor(), result.attempts()))
                .orElseGet(() -> growing(millis, 2, result.attempts())));
  }

  private static Duration growing(long millis, double factor, int attempt) {
    return Duration.ofMillis(
        (long) Math.min(LONGEST_MILLIS, millis * Math.pow(factor, attempt - 1)));
  }
}
