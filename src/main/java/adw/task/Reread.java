package adw.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A text that differs a little from one that was read before: only the lines around the change are
/// read anew. Of a calm file alone: there each line means the same whatever stands around it, up to
/// the outermost task or heading above.
final class Reread {
  private final TaskDocument before;
  private final SourceText old;
  private final TaskRows rows;
  private final byte[] bytes;

  /// The lines `from` to `to` of the old text hold all that changed.
  private final int from;

  private final int to;

  private Reread(TaskDocument before, byte[] bytes, int from, int to) {
    this.before = before;
    this.old = before.source();
    this.rows = before.rows();
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /// Empty: it has to be read from end to end.
  static Optional<TaskDocument> of(TaskDocument before, byte[] bytes) {
    var old = before.source();
    var head = Arrays.mismatch(old.bytes, bytes);
    if (head < 0) {
      return Optional.of(before).filter(Reread::isStillJudgedSo);
    }
    if (!before.structure().isCalm() || head < Utf8.BOM.length) {
      return Optional.empty();
    }
    var tail = ByteCompare.commonTail(old.bytes, bytes, head);
    return new Reread(before, bytes, old.lineOf(head), old.lineBehind(old.bytes.length - tail))
        .read();
  }

  private static boolean isStillJudgedSo(TaskDocument document) {
    var rows = document.rows();
    return new Reread(document, rows.source.bytes, 0, 0).isJudgedSo(0, rows.size());
  }

  private Optional<TaskDocument> read() {
    Utf8.check(bytes, old.start(from), old.start(to) + bytes.length - old.bytes.length);
    var source = new SourceText(bytes, old, from, to);
    var shift = source.lines() - old.lines();
    if (!Calm.isCalm(source, from, to + shift)) {
      return Optional.empty();
    }
    var start = startOfReading();
    var end = endOfReading();
    var kept = rows.firstFrom(start);
    var rest = rows.firstFrom(end);
    if (!isJudgedSo(0, kept) || !isJudgedSo(rest, rows.size())) {
      return Optional.empty();
    }
    var structure = BlockStructure.calm(headings(source, shift));
    var all = new TaskRows(source, Sections.of(structure.headings(), source.lines()), rows, kept);
    TaskParser.read(structure, before.tails(), all, start, end + shift);
    all.addAll(rows, rest, shift);
    return Optional.of(new TaskDocument(structure, all, before.tails()));
  }

  /// The last line above the change at which all that stood above was closed.
  private int startOfReading() {
    var row = rows.firstFrom(from) - 1;
    while (row >= 0 && !rows.says(row).isOutermost()) {
      row--;
    }
    var heading = before.structure().firstHeadingFrom(from) - 1;
    var line = heading < 0 ? 0 : before.structure().headings().get(heading).line();
    return row < 0 ? line : Math.max(line, rows.line(row));
  }

  /// The first line below the change at which all that stands above is closed.
  private int endOfReading() {
    var row = rows.firstFrom(to);
    while (row < rows.size() && !rows.says(row).isOutermost()) {
      row++;
    }
    var headings = before.structure().headings();
    var heading = before.structure().firstHeadingFrom(to);
    var line = heading < headings.size() ? headings.get(heading).line() : old.lines();
    return row < rows.size() ? Math.min(line, rows.line(row)) : line;
  }

  private List<Heading> headings(SourceText source, int shift) {
    var all = before.structure().headings();
    var kept = before.structure().firstHeadingFrom(from);
    var found = new ArrayList<>(all.subList(0, kept));
    found.addAll(Calm.headings(source, from, to + shift));
    for (var heading : all.subList(before.structure().firstHeadingFrom(to), all.size())) {
      found.add(heading.movedBy(shift));
    }
    return found;
  }

  /// The journal learns of reports, and forgets them, while the lines stay as they are.
  private boolean isJudgedSo(int first, int last) {
    for (var row = first; row < last; row++) {
      var bounds = rows.bounds(row);
      if (bounds.isJudged()) {
        var start = old.start(rows.line(row));
        if (!TextBounds.of(old, start, rows.says(row), before.tails()).equals(bounds)) {
          return false;
        }
      }
    }
    return true;
  }
}
