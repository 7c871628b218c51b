package adw.task;

import java.util.List;
import java.util.Optional;

/// A task file as it was read: its bytes, and the tasks that they say.
public final class TaskDocument {
  private final SourceText source;
  private final BlockStructure structure;
  private final TaskRows rows;
  private final TailJudge tails;

  private TaskDocument(BlockStructure structure, TaskRows rows, TailJudge tails) {
    this.source = rows.source;
    this.structure = structure;
    this.rows = rows;
    this.tails = tails;
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
    return new TaskDocument(structure, TaskParser.read(source, structure, tails), tails);
  }

  /// Another text, read with the same words.
  public TaskDocument reparse(byte[] bytes) {
    return parse(bytes, source.vocabulary, tails);
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
    return rows.sections.scopes();
  }

  /// Those below its heading, top to bottom.
  public List<Task> tasksOf(TaskScope scope) {
    return tasks().subList(rows.firstFrom(scope.startLine), rows.firstFrom(scope.endLine));
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
