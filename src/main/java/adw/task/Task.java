package adw.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One task line with what belongs to it: a view of the bytes of its document.
public final class Task {
  private final TaskRows rows;
  private final int index;
  private @Nullable TaskWords words;

  Task(TaskRows rows, int index) {
    this.rows = rows;
    this.index = index;
  }

  /// 1-based.
  public int line() {
    return lineIndex() + 1;
  }

  public Mark mark() {
    return says().mark();
  }

  /// The characters between the brackets, as typed.
  public String marker() {
    return source().decoded(open() + 1, close());
  }

  /// As typed, tags included, without marker, settings and tail.
  public String text() {
    var known = words;
    return known == null ? source().decoded(textStart(), textEnd()) : known.text();
  }

  /// The text without tags and agent, for a branch or a commit.
  public String title() {
    return words().title();
  }

  /// The report at the line's end.
  public Optional<String> tail() {
    return hasTail() ? Optional.of(source().decoded(tailStart() + 4, inkEnd())) : Optional.empty();
  }

  /// Without `#`, in order, each once.
  public List<String> tags() {
    return words().tags();
  }

  /// The agent that `@name` asks for.
  public Optional<String> agent() {
    return words().agent();
  }

  /// A name at the end of the text that seems to ask for an agent and is none.
  Optional<String> findUnknownAgent() {
    return words().findUnknownAgent();
  }

  public boolean hasTag(String tag) {
    return tags().contains(tag);
  }

  private TaskWords words() {
    if (words == null) {
      words = TaskWords.of(text(), source().vocabulary);
    }
    return words;
  }

  public TaskSettings settings() {
    return bounds().settings();
  }

  public Optional<String> name() {
    return settings().name();
  }

  public TaskScope scope() {
    return rows.sections.scopeOf(lineIndex());
  }

  /// Whether a heading (Backlog, Later …) keeps it out of the queue.
  public boolean isParked() {
    return place() == Sections.Place.PARKED;
  }

  boolean isQueued() {
    return place() == Sections.Place.QUEUE;
  }

  public boolean isUnderDone() {
    return place() == Sections.Place.DONE;
  }

  private Sections.Place place() {
    return rows.sections.placeOf(lineIndex());
  }

  /// Whether nested task lines are its subtasks; a group itself is never run.
  public boolean isGroup() {
    return (words != null || has("#epic") || has("#group")) && (hasTag("epic") || hasTag("group"));
  }

  private boolean has(String text) {
    return source().text.indexOf(text, textStart(), textEnd()) >= 0;
  }

  public Optional<Task> parent() {
    var parent = rows.parent(index);
    return parent < 0 ? Optional.empty() : Optional.of(rows.task(parent));
  }

  /// Whether it, or a group that it is in, is only ever copied.
  public boolean isOfTemplate() {
    for (var at = index; at >= 0; at = rows.parent(at)) {
      if (rows.says(at).mark() instanceof Mark.Template) {
        return true;
      }
    }
    return false;
  }

  public List<Task> children() {
    var children = new ArrayList<Task>();
    for (var row = index + 1; row < rows.size() && rows.parent(row) >= index; row++) {
      if (rows.parent(row) == index) {
        children.add(rows.task(row));
      }
    }
    return children;
  }

  /// The lines below that belong to it, without the indentation that they share.
  public String body() {
    var from = lineIndex() + 1;
    return from == endLine() ? "" : TaskBody.of(source(), from, endLine());
  }

  /// What a workflow is given: the text, and the body after an empty line.
  public String prompt() {
    var body = body();
    return body.isEmpty() ? text() : text() + "\n\n" + body;
  }

  int indent() {
    return says().indent();
  }

  boolean hasBullet() {
    return source().firstInk(lineIndex()) != open();
  }

  private TaskLine says() {
    return rows.says(index);
  }

  private TextBounds bounds() {
    return rows.bounds(index);
  }

  public SourceText source() {
    return rows.source;
  }

  /// Its place among the tasks of the document, from 0.
  public int index() {
    return index;
  }

  int lineIndex() {
    return rows.line(index);
  }

  /// The line behind its last one, 0-based.
  int endLine() {
    return rows.end(index);
  }

  /// The offset of the line, and the one behind it with its body, line endings included.
  public int start() {
    return source().start(lineIndex());
  }

  public int end() {
    return source().start(endLine());
  }

  /// The offsets of its brackets.
  public int open() {
    return start() + says().open();
  }

  int close() {
    return start() + says().close();
  }

  /// The offsets of its text, and the one behind its last character that is no blank.
  public int textStart() {
    return start() + says().textStart();
  }

  public int textEnd() {
    return start() + bounds().text();
  }

  public int inkEnd() {
    return start() + says().textEnd();
  }

  private boolean hasTail() {
    return bounds().tail() >= 0;
  }

  /// Of the blank before ` // `; without a tail, where one would begin.
  int tailStart() {
    return hasTail() ? start() + bounds().tail() : inkEnd();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Task task && task.rows == rows && task.index == index;
  }

  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public String toString() {
    return "line " + line() + ": [" + marker() + "] " + text();
  }
}
