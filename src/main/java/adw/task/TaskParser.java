package adw.task;

/// Puts the task lines of a file together: what nests in what, and which body is whose.
final class TaskParser {
  private final SourceText source;
  private final BlockStructure structure;
  private final TailJudge tails;
  private final TaskRows rows;
  private int nextHeading;

  /// The innermost row whose body may go on; -1: none.
  private int open = -1;

  /// The row of which it was last asked, of many lines below one another, and the answer.
  private int asked = -1;

  private boolean isGroup;

  /// How far in a box of another program stands (`[/]`, `[>]`) below which nothing has ended yet;
  /// what nests in it is its body. -1: none.
  private int otherBox = -1;

  private TaskParser(SourceText source, BlockStructure structure, TailJudge tails) {
    this.source = source;
    this.structure = structure;
    this.tails = tails;
    this.rows = new TaskRows(source, Sections.of(structure.headings(), source.lines()));
  }

  static TaskRows read(SourceText source, BlockStructure structure, TailJudge tails) {
    var parser = new TaskParser(source, structure, tails);
    for (var line = 0; line < source.lines(); line++) {
      parser.read(line);
    }
    parser.closeAll();
    return parser.rows;
  }

  private void read(int line) {
    var headings = structure.headings();
    if (nextHeading < headings.size() && headings.get(nextHeading).line() == line) {
      closeAll();
      otherBox = -1;
      nextHeading++;
      return;
    }
    var ink = source.firstInk(line);
    if (ink == source.end(line)) {
      return;
    }
    var task = structure.hidden().get(line) ? null : TaskLine.read(source, line).orElse(null);
    if (task == null || isInOtherBox(task.indent())) {
      readBody(line, ink);
    } else {
      otherBox = -1;
      read(line, task);
    }
  }

  private boolean isInOtherBox(int indent) {
    return otherBox >= 0 && indent >= otherBox + TaskLine.NESTED;
  }

  private void read(int line, TaskLine task) {
    while (open >= 0 && task.indent() < indent() + TaskLine.NESTED) {
      close();
    }
    if (open >= 0 && !isOpenGroup()) {
      rows.extend(open, line + 1);
      return;
    }
    var bounds = TextBounds.of(source, source.start(line), task, tails);
    open = rows.add(line, task, bounds, open);
  }

  private boolean isOpenGroup() {
    if (asked != open) {
      asked = open;
      isGroup = rows.task(open).isGroup();
    }
    return isGroup;
  }

  private int indent() {
    return rows.says(open).indent();
  }

  /// Fenced code, and quotes right below, belong to a task at any indentation.
  private void readBody(int line, int ink) {
    seeOtherBox(line, ink);
    if (open < 0) {
      return;
    }
    var isQuoteBelow = source.text.charAt(ink) == '>' && rows.end(open) == line;
    if (!structure.fenced().get(line) && !isQuoteBelow) {
      var indent = source.column(line, ink);
      while (open >= 0 && indent <= indent()) {
        close();
      }
    }
    if (open >= 0) {
      rows.extend(open, line + 1);
    }
  }

  private void seeOtherBox(int line, int ink) {
    if (structure.hidden().get(line)) {
      return;
    }
    var indent = source.column(line, ink);
    if (otherBox >= 0 && indent <= otherBox) {
      otherBox = -1;
    }
    if (otherBox < 0 && TaskLine.isOtherBox(source, line)) {
      otherBox = indent;
    }
  }

  private void closeAll() {
    while (open >= 0) {
      close();
    }
  }

  private void close() {
    var closed = open;
    open = rows.parent(closed);
    if (open >= 0) {
      rows.extend(open, rows.end(closed));
    }
  }
}
