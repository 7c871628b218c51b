package adw.git;

import java.util.ArrayList;

/// A commit's message as git stores it (`--cleanup=whitespace`).
final class CommitMessage {
  private CommitMessage() {}

  /// No blanks at line ends, no two empty lines in a row, none at the start or the end.
  static String clean(String text) {
    var lines = new ArrayList<String>();
    for (var line : text.split("\n", -1)) {
      var stripped = line.stripTrailing();
      if (!stripped.isEmpty() || (!lines.isEmpty() && !lines.getLast().isEmpty())) {
        lines.add(stripped);
      }
    }
    if (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
