package adw.task;

import java.util.BitSet;
import java.util.List;

/// Which lines hold no tasks (code, HTML, tables, front matter), which of them are code, and the
/// headings in between. `covered`: the first lines of blocks that would be tasks elsewhere.
record BlockStructure(
    BitSet hidden,
    BitSet fenced,
    BitSet indented,
    List<Heading> headings,
    List<TaskFinding> findings,
    List<TaskFinding> covered) {
  /// Its place in `headings`; behind the last: there is none.
  int firstHeadingFrom(int line) {
    var from = 0;
    var to = headings.size();
    while (from < to) {
      var middle = (from + to) >>> 1;
      if (headings.get(middle).line() < line) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  boolean isCode(int line) {
    return fenced.get(line) || indented.get(line);
  }
}
