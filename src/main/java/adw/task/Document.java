package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A task file as it was read: its bytes, and the tasks that they say.
public final class Document {
  private final Source source;
  private final Structure structure;
  private final Outline outline;
  private final Tails tails;

  private Document(Source source, Tails tails) {
    this.source = source;
    this.tails = tails;
    this.structure = Structure.of(source);
    this.outline = new Outline(source, structure, tails);
    outline.read();
  }

  public static Document parse(byte[] bytes) {
    return parse(bytes, Vocabulary.NONE, Tails.UNKNOWN);
  }

  /// Throws a TaskFileException that names the byte where the UTF-8 is malformed.
  public static Document parse(byte[] bytes, Vocabulary vocabulary, Tails tails) {
    Utf8.check(bytes);
    return read(new String(bytes, ISO_8859_1), vocabulary, tails);
  }

  private static Document read(String latin1, Vocabulary vocabulary, Tails tails) {
    return new Document(new Source(latin1, Utf8.startBehindBom(latin1), vocabulary), tails);
  }

  /// A new document with these changes; every other byte is as it was.
  public Document with(List<Edit> edits) {
    var changed = read(Splices.apply(this, edits), source.vocabulary, tails);
    var staying = edits.stream().filter(edit -> !(edit instanceof Edit.MoveToDone)).toList();
    if (staying.size() == edits.size()) {
      return changed;
    }
    // Where a move would hide or change a task (an open fence at the end of Done), none is made.
    var unmoved = read(Splices.apply(this, staying), source.vocabulary, tails);
    return unmoved.fingerprint() == changed.fingerprint() ? changed : unmoved;
  }

  /// The same for the same tasks with the same bodies in any order.
  private long fingerprint() {
    var sum = 0L;
    for (var task : tasks()) {
      var end = source.end(task.endLine() - 1);
      sum += 31L * source.text.substring(task.at().open(), end).hashCode() + 1;
    }
    return sum;
  }

  /// Top to bottom, subtasks of groups included.
  public List<Task> tasks() {
    return Collections.unmodifiableList(outline.tasks);
  }

  public Optional<Task> findById(String runId) {
    return tasks().stream()
        .filter(t -> t.mark().id().filter(runId::equals).isPresent())
        .findFirst();
  }

  /// The default scope first; two headings of one name are two scopes.
  public List<Scope> scopes() {
    return Collections.unmodifiableList(outline.scopes);
  }

  /// What a person should mend, top to bottom.
  public List<Finding> findings() {
    return Findings.of(this);
  }

  /// Whether a bare `[⏰]` that has not started stands below this task in its scope: until then the
  /// task stays above it, because the other one builds on its commit.
  public boolean isStillNeeded(Task task) {
    return task.scope().tasks().stream()
        .filter(other -> other.line() > task.line() && !other.isParked())
        .anyMatch(other -> other.mark() instanceof Mark.Blocked(var after) && after.isEmpty());
  }

  /// Whether `<!-- adw: pause -->` stands in the file outside code.
  public boolean isPaused() {
    return source.text.contains("<!--") && Notices.isPaused(source, structure);
  }

  /// Whether git left a conflict in the file: then nothing in it counts.
  public boolean hasConflictMarkers() {
    return source.text.contains("<<<<<<< ") && Notices.hasConflict(source);
  }

  public byte[] bytes() {
    return source.text.getBytes(ISO_8859_1);
  }

  Source source() {
    return source;
  }

  Structure structure() {
    return structure;
  }
}
