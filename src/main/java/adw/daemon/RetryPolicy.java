package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Whether a failed run is tried again by itself, and when.
final class RetryPolicy {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final int MAX_DOUBLINGS = 8;

  private final DaemonContext context;

  RetryPolicy(DaemonContext context) {
    this.context = context;
  }

  /// The run, waiting for its next attempt; or as it was.
  Run consider(Run run) throws IOException {
    if (!(run.stage() instanceof Stage.Reporting(Outcome.Failed(var why, var reason)))
        || !isWorthIt(why)
        || ApprovalRequests.isGate(run)
        || run.lineage().attempt() > context.settings().limits().retries()) {
      return run;
    }
    var until = context.now().plus(pause(run.lineage().attempt()));
    var wait = new Stage.Wait(Stage.Wait.Why.RETRY, Optional.of(until), reason);
    return context.runs().write(run.at(new Stage.Waiting(1, wait)));
  }

  private static boolean isWorthIt(Outcome.Cause cause) {
    return cause instanceof Outcome.Why why && isWorthIt(why);
  }

  private static boolean isWorthIt(Outcome.Why why) {
    return switch (why) {
      case SET_UP, WORKFLOW, NO_CHANGES, BRANCH, HOOK, VERIFY, TIMED_OUT, IDLE, INTERRUPTED -> true;
      case TOO_MUCH, BUDGET, NOT_STARTED, CONFLICT, BAD_REQUEST -> false;
    };
  }

  private static Duration pause(int attempt) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
  }
}
