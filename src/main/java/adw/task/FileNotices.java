package adw.task;

import java.util.regex.Pattern;

/// What the file as a whole says: paused, or in the middle of a merge.
final class FileNotices {
  private static final Pattern PAUSE = Pattern.compile("<!--[ \\t]*adw:[ \\t]*pause[ \\t]*-->");

  private FileNotices() {}

  static boolean isPaused(SourceText source, BlockStructure structure) {
    var pause = PAUSE.matcher(source.text);
    for (var line = 0; line < source.lines(); line++) {
      pause.region(source.start(line), source.end(line));
      if (pause.find() && !structure.isCode(line)) {
        return true;
      }
    }
    return false;
  }

  // conflict: line "<<<<<<< …", later line "=======", later line ">>>>>>> …"
  static boolean hasConflict(SourceText source) {
    var ours = lineStart(source.text, "<<<<<<< ", 0);
    var middle = ours < 0 ? -1 : lineStart(source.text, "=======", ours);
    return middle >= 0 && lineStart(source.text, ">>>>>>> ", middle) >= 0;
  }

  private static int lineStart(ByteText text, String start, int from) {
    for (var at = text.indexOf(start, from, text.length());
        at >= 0;
        at = text.indexOf(start, at + 1, text.length())) {
      if (at == 0 || text.charAt(at - 1) == '\n') {
        return at;
      }
    }
    return -1;
  }
}
