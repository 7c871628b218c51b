package adw.task;

import java.util.BitSet;
import java.util.List;

/// Which lines hold no tasks (code, HTML, tables, front matter), which of them are code, and the
/// headings in between.
record Structure(
    BitSet hidden, BitSet fenced, BitSet indented, List<Heading> headings, List<Finding> findings) {
  static Structure of(Source source) {
    return Calm.isCalm(source) ? Calm.structure(source) : Wild.structure(source);
  }

  boolean isCode(int line) {
    return fenced.get(line) || indented.get(line);
  }
}
