package adw.flow;

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

  /// What the person said; `by` is who, where that is known.
  sealed interface Answer {
    record Approved(Optional<String> note, Optional<String> by) implements Answer {}

    record Rejected(Optional<String> note, Optional<String> by) implements Answer {}

    record Edited(String note, Optional<String> by) implements Answer {}

    /// Nobody can be reached: rejected.
    record Nobody() implements Answer {}

    /// Asked; the flow pauses and is resumed with the answer.
    record Later() implements Answer {}

    private static Answer of(String words) {
      var colon = words.indexOf(':');
      var note = colon < 0 ? Optional.<String>empty() : Optional.of(words.substring(colon + 1));
      return switch (colon < 0 ? words : words.substring(0, colon)) {
        case "reject" -> new Rejected(note, Optional.empty());
        case "edit" -> new Edited(note.orElse(""), Optional.empty());
        case String _ -> new Approved(note, Optional.empty());
      };
    }
  }

  /// Answers everything with the same words: `approve`, `reject` or `edit`, and `:NOTE` behind.
  static Approver always(String words) {
    var answer = Answer.of(words);
    return _ -> answer;
  }

  /// Rejects everything, as without a terminal and without a daemon.
  static Approver nobody() {
    return _ -> new Answer.Nobody();
  }
}
