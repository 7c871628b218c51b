package adw.daemon;

import adw.task.DocumentEdits;
import adw.task.Edit;
import adw.task.TaskDocument;
import adw.task.file.LockedTaskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What one look writes to the task file. The marks of what has ended can wait for those of what is
/// claimed in their place: one write for both, since each takes two syncs of the disk.
final class FileUpdate {
  private final LockedTaskFile session;
  private final TaskDocument read;
  private final List<Edit> ended;
  private final Afterwards afterwards;
  private TaskDocument document;
  private boolean isPending = true;

  /// What is done once the file says how runs ended, before anything that is claimed begins.
  interface Afterwards {
    /// The document after that.
    TaskDocument written(TaskDocument document) throws IOException, InterruptedException;
  }

  /// @param ended edits of the document that was read
  FileUpdate(LockedTaskFile session, TaskDocument read, List<Edit> ended, Afterwards afterwards) {
    this.session = session;
    this.read = read;
    this.ended = ended;
    this.afterwards = afterwards;
    this.document = read;
  }

  /// As it is in the file, or will be.
  TaskDocument document() {
    return document;
  }

  boolean isPending() {
    return isPending;
  }

  /// Waits for the next write, if there is anything to write and no line would move by it.
  boolean tryWait() {
    if (ended.isEmpty() || !areMarks(ended)) {
      return false;
    }
    var after = DocumentEdits.apply(read, ended);
    var isInPlace = after.tasks().size() == read.tasks().size();
    document = isInPlace ? after : read;
    return isInPlace;
  }

  /// Whether these only change marks, and no lines.
  static boolean areMarks(List<Edit> edits) {
    return edits.stream().allMatch(Edit.Rewrite.class::isInstance);
  }

  void write() throws IOException, InterruptedException {
    if (isPending) {
      write(List.of());
    }
  }

  /// Together with what waits, if anything does: then these must be marks.
  void write(List<Edit> more) throws IOException, InterruptedException {
    if (!isPending) {
      document = session.write(more);
      return;
    }
    var edits = new ArrayList<>(ended);
    more.forEach(edit -> edits.add(ofRead(edit)));
    isPending = false;
    document = afterwards.written(edits.isEmpty() ? read : session.write(edits));
  }

  /// The same for the task as it was read.
  private Edit ofRead(Edit edit) {
    if (edit instanceof Edit.Rewrite(var task, var mark, var tail)) {
      return new Edit.Rewrite(read.tasks().get(document.tasks().indexOf(task)), mark, tail);
    }
    throw new IllegalStateException("what waits can be written with marks alone");
  }
}
