package adw.flow.run;

import adw.flow.definition.FlowException;
import adw.run.ApprovalAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Whoever can ask a person to approve.
public interface Approver {
  Answer ask(Question question) throws IOException, InterruptedException;

  /// What a person has said to the question of an agent, as far as somebody has.
  default Optional<String> answer(List<String> path, String question) {
    return Optional.empty();
  }

  /// @param upstream what the phase before it gave
  record Question(List<String> path, String message, Optional<String> upstream) {}

  /// What came of the question.
  sealed interface Answer {
    /// @param by who decided, where that is known
    record Given(ApprovalAnswer.Decision decision, Optional<String> by) implements Answer {}

    /// Nobody can be reached: rejected.
    record Nobody() implements Answer {}

    /// Asked; the flow pauses and is resumed with the answer.
    record Later() implements Answer {}
  }

  /// Answers everything with the same words.
  ///
  /// @throws FlowException where they are none of the answers
  static Approver always(String words) {
    if (ApprovalAnswer.parse(words) instanceof ApprovalAnswer.Decision decision) {
      return _ -> new Answer.Given(decision, Optional.empty());
    }
    throw new FlowException("approve: '" + words + "' (say " + ApprovalAnswer.CHOICES + ")");
  }

  /// Rejects everything, as without a terminal and without a daemon.
  static Approver nobody() {
    return _ -> new Answer.Nobody();
  }
}
