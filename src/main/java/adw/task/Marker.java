package adw.task;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads and writes what stands between the brackets.
final class Marker {
  private static final Optional<Mark> PENDING = Optional.of(new Mark.Pending());
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{4,64}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern OWN_ID = Pattern.compile("adw_[0-9a-z]{5,16}");

  private Marker() {}

  // marker: blanks | sign [blanks] [","] contents
  static Optional<Mark> read(String latin1) {
    var content = strip(latin1);
    if (content.isEmpty()) {
      return PENDING;
    }
    for (var sign : Sign.values()) {
      var length = sign.lengthAt(content);
      if (length > 0 && isWholeSign(content, length)) {
        return Optional.of(read(sign, argument(content.substring(length))));
      }
    }
    return lost(content);
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

  private static Mark read(Sign sign, String argument) {
    return switch (sign) {
      case WAIT -> Wait.read(Latin1.decode(argument));
      case RUNNING -> id(argument).<Mark>map(Mark.Running::new).orElseGet(() -> noId("🟡"));
      case NEEDS_YOU -> id(argument).<Mark>map(Mark.NeedsYou::new).orElseGet(() -> noId("❓"));
      case DONE -> done(argument);
      case FAILED -> new Mark.Failed(id(argument));
      case CANCELLED -> new Mark.Cancelled(id(argument));
      case RETRY -> new Mark.Retry(id(argument));
    };
  }

  // done: [commit] [","] [id]; a single word is an id when it looks like one of ours
  private static Mark done(String argument) {
    var words = words(argument);
    var commit = words.stream().filter(w -> COMMIT.matcher(w).matches()).findFirst();
    var id =
        words.stream()
            .filter(w -> OWN_ID.matcher(w).matches())
            .findFirst()
            .or(() -> words.size() > 1 ? id(words.getLast()) : Optional.empty());
    return new Mark.Done(commit, id);
  }

  private static Optional<String> id(String argument) {
    return words(argument).stream()
        .reduce((_, last) -> last)
        .filter(word -> ID.matcher(word).matches());
  }

  private static List<String> words(String argument) {
    return Arrays.stream(argument.split("[ \\t,]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static Mark noId(String sign) {
    return new Mark.Malformed(
        "the mark has no run id",
        "expected [" + sign + ", adw_1a2b3c4d]; [] starts it anew",
        Optional.empty());
  }

  /// Brackets that name a run of ours under no sign that is known: somebody is typing there.
  private static Optional<Mark> lost(String content) {
    var id = OWN_ID.matcher(content);
    return content.length() <= 100 && id.find()
        ? Optional.of(
            new Mark.Malformed(
                "the mark of " + id.group() + " is not known",
                "write [] to start anew, [⊘] to leave it",
                Optional.of(id.group())))
        : Optional.empty();
  }

  /// As task-file marks are written, without the brackets.
  static String write(Mark mark) {
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
    while (start < end && Latin1.isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && Latin1.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
