package adw.run;

import java.time.Instant;
import java.util.Optional;

/// How far a run has come (design: claimed → preparing → running ⇄ waiting → committing → verifying
/// → reporting → ended). What a recovery needs at a stage is in that stage.
public sealed interface Stage {
  record Claimed() implements Stage {}

  /// The worktree is being made and set up.
  record Preparing() implements Stage {}

  /// Its workflow's process is `proc/<round>`.
  record Running(int round) implements Stage {}

  /// No process, no slot; the next process will be `proc/<round + 1>`.
  record Waiting(int round, Wait reason) implements Stage {}

  /// The workflow has ended, or was ended for the reason in `ended`.
  record Committing(int round, Optional<Outcome> ended) implements Stage {}

  /// @param commit the commit on which the checks run
  record Verifying(int round, String commit) implements Stage {}

  /// The outcome is known and not yet in the task file.
  record Reporting(Outcome outcome) implements Stage {}

  /// @param shown whether the task file got the mark; false if its line was gone
  record Ended(Outcome outcome, boolean shown) implements Stage {}

  /// What a waiting run waits for.
  ///
  /// @param until when it goes on by itself
  record Wait(Cause why, Optional<Instant> until, String message) {
    public sealed interface Cause {
      /// As records write it.
      String word();

      /// Whether only a person can end it.
      boolean needsPerson();
    }

    /// Something that only a newer adw knows how to wait for: a person has to look at it.
    public record NewerCause(String word) implements Cause {
      @Override
      public boolean needsPerson() {
        return true;
      }
    }

    public enum Why implements Cause {
      APPROVAL,
      QUESTION,
      LOGIN,
      BUDGET,
      RATE_LIMIT,
      /// Answered or told to go on; it waits for a free slot.
      ANSWERED,
      RETRY;

      @Override
      public String word() {
        return RecordWord.of(this);
      }

      @Override
      public boolean needsPerson() {
        return this != RATE_LIMIT && this != ANSWERED && this != RETRY;
      }
    }
  }

  /// Whether only a yes, a no or an edit can end it.
  default boolean asksForApproval() {
    return this instanceof Waiting(_, var wait) && wait.why() == Wait.Why.APPROVAL;
  }

  /// The stage's word in records and on screens.
  default String word() {
    return switch (this) {
      case Claimed _ -> "claimed";
      case Preparing _ -> "preparing";
      case Running _ -> "running";
      case Waiting _ -> "waiting";
      case Committing _ -> "committing";
      case Verifying _ -> "verifying";
      case Reporting _ -> "reporting";
      case Ended _ -> "ended";
    };
  }
}
