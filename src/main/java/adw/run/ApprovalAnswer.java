package adw.run;

import java.util.Locale;
import java.util.Optional;

/// What a person says to a run or a flow that asks for approval. This is the only place where words
/// become a yes: whatever is not one of the three answers asks again.
public sealed interface ApprovalAnswer {
  /// What people are told that they can say.
  String CHOICES = "yes, no: why, or edit: what instead";

  /// An answer that counts.
  sealed interface Decision extends ApprovalAnswer {}

  /// @param note is recorded beside it
  record Yes(Optional<String> note) implements Decision {}

  record No(Optional<String> reason) implements Decision {}

  /// A yes to something else than what was asked about.
  record Edit(String text) implements Decision {}

  /// Neither yes nor no nor an edit.
  record Unclear() implements ApprovalAnswer {}

  // answer: yes [mark] | no [(blank | mark) reason] | edit ":" text
  // mark: "." | "!" | "," | ";" | ":"
  /// A yes stands alone: "ok, but not today" is none. What begins with a no is one, and says why.
  static ApprovalAnswer parse(String words) {
    var text = words.strip();
    var word = firstWord(text);
    var rest = text.substring(word.length());
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "a", "approve", "approved", "ok", "y", "yes" ->
          rest.matches("[.!]*") ? yes("") : new Unclear();
      case "r", "reject", "rejected", "n", "no", "stop" ->
          rest.matches("(?s)([\\s.!,;:].*)?") ? no(withoutMarks(rest)) : new Unclear();
      case "e", "edit" -> rest.startsWith(":") ? edit(rest.substring(1)) : new Unclear();
      default -> new Unclear();
    };
  }

  private static String withoutMarks(String reason) {
    return reason.replaceFirst("^[\\s.!,;:\\p{Pd}]+", "");
  }

  private static ApprovalAnswer edit(String text) {
    return text.isBlank() ? new Unclear() : new Edit(text.strip());
  }

  /// @param note may be empty
  static Yes yes(String note) {
    return new Yes(findText(note));
  }

  /// @param why may be empty
  static No no(String why) {
    return new No(findText(why));
  }

  private static Optional<String> findText(String text) {
    return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
  }

  private static String firstWord(String text) {
    var end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }
}
