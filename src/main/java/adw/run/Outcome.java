package adw.run;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// How a run ended.
public sealed interface Outcome {
  /// A commit that passed every check.
  ///
  /// @param commit full id
  /// @param setback how a later round ended that did not: the branch is where it was before
  record Done(String commit, Optional<String> setback) implements Outcome {
    public Done(String commit) {
      this(commit, Optional.empty());
    }
  }

  /// Done, and allowed to have no commit.
  record Answered(String words) implements Outcome {}

  /// @param reason for people; one line
  record Failed(Cause why, String reason) implements Outcome {}

  /// Ended on somebody's word.
  record Cancelled(String reason) implements Outcome {
    /// `cancelled: stopped by adw stop`; a reason that says it itself stands alone.
    public String sentence() {
      if (reason.startsWith("cancelled")) {
        return reason;
      }
      return reason.isEmpty() ? "cancelled" : "cancelled: " + reason;
    }
  }

  /// A person marked the line done: whatever the run made is kept, the line is theirs.
  record TakenOver() implements Outcome {}

  /// The same outcome, each of its sentences as `words` makes it.
  default Outcome inWords(UnaryOperator<String> words) {
    return switch (this) {
      case Done(var commit, var setback) -> new Done(commit, setback.map(words));
      case Answered(var answer) -> new Answered(words.apply(answer));
      case Failed(var why, var reason) -> new Failed(why, words.apply(reason));
      case Cancelled(var reason) -> new Cancelled(words.apply(reason));
      case TakenOver taken -> taken;
    };
  }

  /// The kind of a failure.
  sealed interface Cause {
    /// As records write it.
    String word();
  }

  /// A kind that a newer adw wrote; its word is kept.
  record NewerCause(String word) implements Cause {}

  /// The kinds of failure that the daemon treats differently.
  enum Why implements Cause {
    SET_UP,
    WORKFLOW,
    NO_CHANGES,
    BRANCH,
    HOOK,
    TOO_MUCH,
    VERIFY,
    TIMED_OUT,
    IDLE,
    BUDGET,
    INTERRUPTED,
    NOT_STARTED,
    CONFLICT,
    BAD_REQUEST;

    @Override
    public String word() {
      return RecordWord.of(this);
    }
  }

  /// The outcome's word in records and on screens.
  default String word() {
    return switch (this) {
      case Done _, Answered _ -> "done";
      case Failed _ -> "failed";
      case Cancelled _ -> "cancelled";
      case TakenOver _ -> "taken over";
    };
  }

  default boolean isDone() {
    return this instanceof Done || this instanceof Answered;
  }
}
