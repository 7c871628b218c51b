package adw.task;

import adw.text.RunId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the marks of runs that stand in a file and are no task's. The text is searched when the
/// first of them is asked for.
public final class StrayMarks {
  // mark: ["\"] "[" what "adw_" hex ["\"] "]"; whoever wraps lines may break it, also in a quote
  private static final Pattern MARK =
      Pattern.compile("\\[([^\\[\\]]{0,80}?)adw\\\\?_([0-9a-f]{8})[\\s>\\\\]*\\]");

  /// What may stand before the id beside a sign: a commit, a sign's name in colons.
  private static final Pattern NO_SIGN =
      Pattern.compile("\\b[0-9a-f]{4,64}\\b|:[a-z_]+:|retry|[\\s>,\\\\]");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  private final TaskDocument document;
  private Optional<Map<String, StrayMark>> all = Optional.empty();

  public StrayMarks(TaskDocument document) {
    this.document = document;
  }

  /// Of several of one run the first; a task's own mark is found too.
  public Optional<StrayMark> find(String runId) {
    return Optional.ofNullable(all().get(runId));
  }

  /// Whether a line without a run stands there, and is no task now.
  public boolean isCovered(String text) {
    return document.source().text.contains("] " + ByteText.encode(text));
  }

  /// Those of runs that no task shows, top to bottom. Most files hold none, which is seen at once.
  public List<StrayMark> ofNoTask() {
    var ids = new HashSet<String>();
    document.tasks().forEach(task -> task.mark().id().ifPresent(ids::add));
    var text = document.source().text;
    var end = document.source().bytes.length;
    for (var at = text.indexOf('a', 0, end); at >= 0; at = text.indexOf('a', at + 1, end)) {
      if (text.startsWith("adw", at) && !isOf(ids, text, at, end)) {
        return all().values().stream()
            .filter(mark -> !ids.contains(mark.runId()))
            .sorted(Comparator.comparingInt(StrayMark::line))
            .toList();
      }
    }
    return List.of();
  }

  private static boolean isOf(Set<String> ids, ByteText text, int at, int end) {
    return at + RunId.LENGTH <= end && ids.contains(text.substring(at, at + RunId.LENGTH));
  }

  private Map<String, StrayMark> all() {
    if (all.isEmpty()) {
      all = Optional.of(search());
    }
    return all.get();
  }

  private Map<String, StrayMark> search() {
    var found = new HashMap<String, StrayMark>();
    var source = document.source();
    var text = ByteText.decode(source.text.substring(source.start(0), source.bytes.length));
    var matcher = MARK.matcher(text);
    var lines = new LineCount(text);
    while (matcher.find()) {
      var id = RunId.PREFIX + matcher.group(2);
      if (isMark(matcher.group(1)) && !found.containsKey(id)) {
        var line = lines.at(matcher.start());
        found.put(id, new StrayMark(id, line + 1, HidingBlock.words(document, line)));
      }
    }
    return found;
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
