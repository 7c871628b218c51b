package adw.task;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The mark of a run that stands in the file and is no task's: in code, in a comment, behind
/// escaped brackets, in the middle of a line. The line is hidden, not deleted.
///
/// @param line 1-based
/// @param where what hides it, for a sentence
public record StrayMark(String runId, int line, String where) {
  // mark: ["\"] "[" what "adw_" hex ["\"] "]"; whoever wraps lines may break it, also in a quote
  private static final Pattern MARK =
      Pattern.compile("\\[([^\\[\\]]{0,80}?)adw\\\\?_([0-9a-f]{8})[\\s>\\\\]*\\]");

  /// What may stand before the id beside a sign: a commit, a sign's name in colons.
  private static final Pattern NO_SIGN =
      Pattern.compile("\\b[0-9a-f]{4,64}\\b|:[a-z_]+:|retry|[\\s>,\\\\]");

  private static final int ID_LENGTH = "adw_1a2b3c4d".length();

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  /// All in the text, tasks' own among them, by run; of several of one run the first.
  static Map<String, StrayMark> all(TaskDocument document) {
    var found = new HashMap<String, StrayMark>();
    var source = document.source();
    var text = source.text.substring(source.start(0), source.bytes.length);
    var matcher = MARK.matcher(ByteText.decode(text));
    var lines = new LineCount(ByteText.decode(text));
    while (matcher.find()) {
      var id = "adw_" + matcher.group(2);
      if (isMark(matcher.group(1)) && !found.containsKey(id)) {
        var line = lines.at(matcher.start());
        found.put(id, new StrayMark(id, line + 1, HidingBlock.words(document, line)));
      }
    }
    return found;
  }

  /// Most files hold none, which is seen at once.
  static List<StrayMark> ofNoTask(TaskDocument document) {
    var ids = new HashSet<String>();
    document.tasks().forEach(task -> task.mark().id().ifPresent(ids::add));
    var text = document.source().text;
    var end = document.source().bytes.length;
    for (var at = text.indexOf('a', 0, end); at >= 0; at = text.indexOf('a', at + 1, end)) {
      if (text.startsWith("adw", at) && !isOf(ids, text, at, end)) {
        return all(document).values().stream()
            .filter(mark -> !ids.contains(mark.runId()))
            .sorted(Comparator.comparingInt(StrayMark::line))
            .toList();
      }
    }
    return List.of();
  }

  private static boolean isOf(Set<String> ids, TextLines text, int at, int end) {
    return at + ID_LENGTH <= end && ids.contains(text.substring(at, at + ID_LENGTH));
  }

  /// `[⏰ id]` waits for a run, and `[see id]` speaks of it.
  private static boolean isMark(String before) {
    var sign = NO_SIGN.matcher(before).replaceAll("");
    return !sign.startsWith("⏰") && !sign.startsWith("⏳") && !WORD.matcher(sign).find();
  }

  /// Asked from the top down.
  private static final class LineCount {
    private final String text;
    private int at;
    private int line;

    LineCount(String text) {
      this.text = text;
    }

    int at(int offset) {
      for (; at < offset; at++) {
        if (text.charAt(at) == '\n') {
          line++;
        }
      }
      return line;
    }
  }
}
