package adw.task;

import adw.text.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and writes what stands between the brackets.
public final class MarkParser {
  private static final Optional<Mark> PENDING = Optional.of(new Mark.Pending());
  private static final Mark ALL_ABOVE = new Mark.Blocked(List.of());
  private static final MarkSign[] SIGNS = MarkSign.values();
  private static final MarkSign[] NO_SIGNS = {};
  private static final String HEX = "0123456789abcdefABCDEF";
  private static final String LETTERS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
  private static final int LONGEST_WORDS = 200;

  private MarkParser() {}

  // marker: blanks | sign [blanks] [","] contents
  public static Optional<Mark> read(String latin1) {
    var content = strip(ByteText.withPlainBlanks(latin1));
    if (content.isEmpty()) {
      return PENDING;
    }
    var first = content.charAt(0);
    var mayBeSign = first > 127 || "xX-rR".indexOf(first) >= 0;
    for (var sign : mayBeSign ? SIGNS : NO_SIGNS) {
      var length = sign.lengthAt(content);
      if (length > 0 && isWholeSign(content, length)) {
        return Optional.of(read(sign, argument(content.substring(length))));
      }
    }
    return isLetter(first) && content.length() <= LONGEST_WORDS
        ? WaitParser.readWords(ByteText.decode(content)).or(() -> lost(content))
        : lost(content);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// `x`, `-` and `retry` are words: `[x-ray]` is prose.
  private static boolean isWholeSign(String content, int length) {
    return content.charAt(0) > 127
        || content.length() == length
        || " \t,".indexOf(content.charAt(length)) >= 0;
  }

  private static String argument(String rest) {
    var argument = strip(rest);
    return argument.startsWith(",") ? strip(argument.substring(1)) : argument;
  }

  private static Mark read(MarkSign sign, String argument) {
    return switch (sign) {
      case WAIT -> argument.isEmpty() ? ALL_ABOVE : WaitParser.read(ByteText.decode(argument));
      case RUNNING -> id(argument).<Mark>map(Mark.Running::new).orElseGet(() -> noId("🟡"));
      case NEEDS_YOU -> id(argument).<Mark>map(Mark.NeedsYou::new).orElseGet(() -> noId("❓"));
      case DONE -> done(argument);
      case FAILED -> new Mark.Failed(id(argument));
      case CANCELLED -> new Mark.Cancelled(id(argument));
      case RETRY -> new Mark.Retry(id(argument));
    };
  }

  // done: [commit] [","] [id]     a single word is an id only when it looks like one of ours
  private static Mark done(String argument) {
    var words = words(argument);
    var commit = Optional.<String>empty();
    var id = words.size() > 1 ? id(argument) : Optional.<String>empty();
    for (var word : words.reversed()) {
      if (isCommit(word)) {
        commit = Optional.of(word);
      } else if (word.startsWith(RunId.PREFIX) && isId(word)) {
        id = Optional.of(word);
      }
    }
    return new Mark.Done(commit, id);
  }

  private static Optional<String> id(String argument) {
    var words = words(argument);
    return !words.isEmpty() && isId(words.getLast())
        ? Optional.of(words.getLast())
        : Optional.empty();
  }

  private static List<String> words(String argument) {
    var words = new ArrayList<String>(2);
    for (var at = 0; at < argument.length(); ) {
      var end = at;
      while (end < argument.length() && " \t,".indexOf(argument.charAt(end)) < 0) {
        end++;
      }
      if (end > at) {
        words.add(argument.substring(at, end));
      }
      at = end + 1;
    }
    return words;
  }

  private static boolean isCommit(String word) {
    return word.length() >= 4 && word.length() <= 64 && has(word, HEX);
  }

  private static boolean isId(String word) {
    return !word.isEmpty() && word.length() <= 64 && has(word, LETTERS);
  }

  private static boolean has(String word, String only) {
    for (var i = 0; i < word.length(); i++) {
      if (only.indexOf(word.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Mark noId(String sign) {
    return new Mark.Malformed(
        "the mark has no run id",
        "expected [" + sign + ", adw_1a2b3c4d]; [] starts it anew",
        Optional.empty());
  }

  /// Brackets that name a run of ours under no sign that is known: somebody is typing there.
  private static Optional<Mark> lost(String content) {
    if (content.length() > 100 || !content.contains(RunId.PREFIX)) {
      return Optional.empty();
    }
    return RunId.findAlmost(content)
        .map(id ->
            new Mark.Malformed(
                "the mark of " + id + " is not known",
                "write [] to start anew, [⊘] to leave it",
                Optional.of(id)));
  }

  /// As task-file marks are written, without the brackets.
  public static String write(Mark mark) {
    return switch (mark) {
      case Mark.Running(var id) -> "🟡, " + id;
      case Mark.NeedsYou(var id) -> "❓, " + id;
      case Mark.Done(var commit, var id) -> "✅" + commit.map(c -> " " + c).orElse("") + after(id);
      case Mark.Failed(var id) -> "❌" + after(id);
      case Mark.Cancelled(var id) -> "⊘" + after(id);
      case Mark.Pending _ -> "";
      case Mark.Retry _ -> "retry";
      case Mark.Blocked(var names) -> names.isEmpty() ? "⏰" : "⏰ " + String.join(", ", names);
      case Mark.NotBefore(var date, var time) -> "⏰ " + date.map(d -> d + " ").orElse("") + time;
      case Mark.Template(var schedule) -> "⏰ " + schedule.typed();
      case Mark.Malformed _ ->
          throw new IllegalArgumentException("a malformed mark is not written");
    };
  }

  private static String after(Optional<String> id) {
    return id.map(i -> ", " + i).orElse("");
  }

  private static String strip(String text) {
    var start = 0;
    var end = text.length();
    while (start < end && ByteText.isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && ByteText.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
