package adw.task;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// The task lines of a file, top to bottom: what each says, and which lines below belong to it.
/// Kept in arrays, so that a file of many tasks costs little until somebody asks for one of them.
public final class TaskRows {
  final SourceText source;
  final Sections sections;
  private TaskLine[] says = new TaskLine[16];
  private TextBounds[] bounds = new TextBounds[16];
  private int[] lines = new int[16];
  private int[] ends = new int[16];
  private int[] parents = new int[16];
  private int size;
  private @Nullable Task[] tasks = {};

  TaskRows(SourceText source, Sections sections) {
    this.source = source;
    this.sections = sections;
  }

  public int size() {
    return size;
  }

  /// The line `at` is a task in the row `parent`, or in none (-1). Its body is not known yet.
  int add(int at, TaskLine line, TextBounds text, int parent) {
    grow(size + 1);
    says[size] = line;
    bounds[size] = text;
    lines[size] = at;
    ends[size] = at + 1;
    parents[size] = parent;
    return size++;
  }

  private void grow(int needed) {
    if (needed > says.length) {
      var capacity = Math.max(needed, says.length * 2);
      says = Arrays.copyOf(says, capacity);
      bounds = Arrays.copyOf(bounds, capacity);
      lines = Arrays.copyOf(lines, capacity);
      ends = Arrays.copyOf(ends, capacity);
      parents = Arrays.copyOf(parents, capacity);
    }
  }

  TaskLine says(int row) {
    return says[row];
  }

  TextBounds bounds(int row) {
    return bounds[row];
  }

  /// 0-based.
  int line(int row) {
    return lines[row];
  }

  /// The line behind its last one.
  int end(int row) {
    return ends[row];
  }

  void extend(int row, int line) {
    ends[row] = Math.max(ends[row], line);
  }

  /// -1: it is in none.
  int parent(int row) {
    return parents[row];
  }

  /// The first row at this line or below it.
  int firstFrom(int line) {
    var found = Arrays.binarySearch(lines, 0, size, line);
    return found >= 0 ? found : -found - 1;
  }

  public boolean hasId(int row) {
    var mark = says[row].mark();
    return !(mark instanceof Mark.Pending) && mark.id().isPresent();
  }

  /// Whether both have the same characters from the bracket on.
  public boolean isWrittenLike(int row, TaskRows other, int otherRow) {
    var one = says[row];
    var two = other.says[otherRow];
    var start = source.start(lines[row]);
    var otherStart = other.source.start(other.lines[otherRow]);
    return source.text.isSame(
        start + one.open(),
        start + one.textEnd(),
        other.source.text,
        otherStart + two.open(),
        otherStart + two.textEnd());
  }

  public Task task(int row) {
    if (tasks.length < says.length) {
      tasks = Arrays.copyOf(tasks, says.length);
    }
    var known = tasks[row];
    if (known == null) {
      known = new Task(this, row);
      tasks[row] = known;
    }
    return known;
  }

  public List<Task> tasks() {
    return new Tasks();
  }

  private final class Tasks extends AbstractList<Task> implements RandomAccess {
    @Override
    public Task get(int index) {
      return task(java.util.Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
      return size;
    }
  }
}
