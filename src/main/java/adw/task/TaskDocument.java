package adw.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A task file as it was read: its bytes, and the tasks that they say.
public final class TaskDocument {
  private final SourceText source;
  private final BlockStructure structure;
  private final TaskRows rows;
  private final TailJudge tails;

  TaskDocument(BlockStructure structure, TaskRows rows, TailJudge tails) {
    this.source = rows.source;
    this.structure = structure;
    this.rows = rows;
    this.tails = tails;
    rows.sections.share(rows);
  }

  public static TaskDocument parse(byte[] bytes) {
    return parse(bytes, Vocabulary.NONE, TailJudge.UNKNOWN);
  }

  /// The bytes belong to the document from now on. Throws a TaskFileException that names the byte
  /// where the UTF-8 is malformed.
  public static TaskDocument parse(byte[] bytes, Vocabulary vocabulary, TailJudge tails) {
    Utf8.check(bytes);
    var source = new SourceText(bytes, Utf8.startBehindBom(bytes), vocabulary);
    var structure = BlockParser.structure(source);
    var rows = new TaskRows(source, Sections.of(structure.headings(), source.lines()));
    TaskParser.read(structure, tails, rows);
    return new TaskDocument(structure, rows, tails);
  }

  /// Another text, read with the same words.
  public TaskDocument reparse(byte[] bytes) {
    return parse(bytes, source.vocabulary, tails);
  }

  /// A new document with these changes; every other byte is as it was.
  public TaskDocument with(List<Edit> edits) {
    var changed = reparse(SpliceList.apply(this, edits));
    var staying = edits.stream().filter(edit -> !(edit instanceof Edit.MoveToDone)).toList();
    if (staying.size() == edits.size()) {
      return changed;
    }
    // Where a move would hide or change a task (an open fence at the end of Done), none is made.
    var unmoved = reparse(SpliceList.apply(this, staying));
    return unmoved.fingerprint() == changed.fingerprint() ? changed : unmoved;
  }

  /// The same for the same tasks with the same bodies in any order.
  private long fingerprint() {
    var sum = 0L;
    for (var task : tasks()) {
      var end = source.end(task.endLine() - 1);
      sum += 31L * source.text.substring(task.open(), end).hashCode() + 1;
    }
    return sum;
  }

  /// Top to bottom, subtasks of groups included.
  public List<Task> tasks() {
    return rows.tasks();
  }

  public Optional<Task> findById(String runId) {
    return tasks().stream()
        .filter(t -> t.mark().id().filter(runId::equals).isPresent())
        .findFirst();
  }

  /// The default scope first; two headings of one name are two scopes.
  public List<TaskScope> scopes() {
    return Collections.unmodifiableList(rows.sections.scopes);
  }

  /// What a person should mend, top to bottom.
  public List<TaskFinding> findings() {
    return DocumentFindings.of(this);
  }

  /// What looks like a task and is none, top to bottom.
  public List<TaskFinding> unread() {
    var all = new ArrayList<>(structure.findings());
    all.addAll(UnreadLines.of(this));
    all.sort(Comparator.comparingInt(TaskFinding::line));
    return all;
  }

  /// Whether `<!-- adw: pause -->` stands in the file outside code.
  public boolean isPaused() {
    return source.text.contains("<!--") && FileNotices.isPaused(source, structure);
  }

  /// Whether git left a conflict in the file: then nothing in it counts.
  public boolean hasConflictMarkers() {
    return source.text.contains("<<<<<<< ") && FileNotices.hasConflict(source);
  }

  /// Not to be changed.
  public byte[] bytes() {
    return source.bytes;
  }

  SourceText source() {
    return source;
  }

  BlockStructure structure() {
    return structure;
  }

  public TaskRows rows() {
    return rows;
  }
}
