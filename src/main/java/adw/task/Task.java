package adw.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One task line with what belongs to it: a view of the bytes of its document.
public final class Task {
  private final Source source;
  private final int index;
  private final int lineIndex;
  private final TaskLine at;
  private final TextBounds bounds;
  private final Spot spot;
  private List<Task> children = List.of();
  private int endLine;
  private @Nullable Words words;

  /// Where headings put it.
  enum Place {
    QUEUE,
    PARKED,
    DONE
  }

  /// What a task is below of.
  record Spot(Scope scope, Optional<Task> parent, Place place) {}

  Task(Source source, int index, int lineIndex, TaskLine at, TextBounds bounds, Spot spot) {
    this.source = source;
    this.index = index;
    this.lineIndex = lineIndex;
    this.at = at;
    this.bounds = bounds;
    this.spot = spot;
    this.endLine = lineIndex + 1;
  }

  /// 1-based.
  public int line() {
    return lineIndex + 1;
  }

  public Mark mark() {
    return at.mark();
  }

  /// The characters between the brackets, as typed.
  public String marker() {
    return source.decoded(at.open() + 1, at.close());
  }

  /// As typed, tags included, without marker, settings and tail.
  public String text() {
    return source.decoded(at.textStart(), bounds.text());
  }

  boolean hasTextOf(Task other) {
    var length = bounds.text() - at.textStart();
    return length == other.bounds.text() - other.at.textStart()
        && source.text.regionMatches(
            at.textStart(), other.source.text, other.at.textStart(), length);
  }

  /// The text without tags and agent, for a branch or a commit.
  public String title() {
    return words().title();
  }

  /// The report at the line's end.
  public Optional<String> tail() {
    return bounds.tail() < 0
        ? Optional.empty()
        : Optional.of(source.decoded(bounds.tail() + 4, at.textEnd()));
  }

  /// Without `#`, in order, each once.
  public List<String> tags() {
    return words().tags();
  }

  /// The agent that `@name` asks for.
  public Optional<String> agent() {
    return words().agent();
  }

  public boolean hasTag(String tag) {
    return tags().contains(tag);
  }

  private Words words() {
    if (words == null) {
      words = Words.of(text(), source.vocabulary);
    }
    return words;
  }

  public Settings settings() {
    return bounds.settings();
  }

  public Optional<String> name() {
    return settings().name();
  }

  public Scope scope() {
    return spot.scope;
  }

  /// Whether a Backlog, Later or Ideas heading keeps it out of the queue.
  public boolean isParked() {
    return spot.place == Place.PARKED;
  }

  boolean isQueued() {
    return spot.place == Place.QUEUE;
  }

  boolean isUnderDone() {
    return spot.place == Place.DONE;
  }

  /// Whether nested task lines are its subtasks; a group itself is never run.
  public boolean isGroup() {
    return (has("#epic") || has("#group")) && (hasTag("epic") || hasTag("group"));
  }

  private boolean has(String text) {
    return source.text.indexOf(text, at.textStart(), bounds.text()) >= 0;
  }

  public Optional<Task> parent() {
    return spot.parent;
  }

  public List<Task> children() {
    return Collections.unmodifiableList(children);
  }

  /// The lines below that belong to it, without the indentation that they share.
  public String body() {
    return Body.of(source, lineIndex + 1, endLine);
  }

  /// What a workflow is given: the text, and the body after an empty line.
  public String prompt() {
    var body = body();
    return body.isEmpty() ? text() : text() + "\n\n" + body;
  }

  /// Whether both lines have the same characters from the bracket on.
  boolean isWrittenLike(Task other) {
    var length = at.textEnd() - at.open();
    return length == other.at.textEnd() - other.at.open()
        && source.text.regionMatches(at.open(), other.source.text, other.at.open(), length);
  }

  int indent() {
    return at.indent();
  }

  boolean hasBullet() {
    return source.firstInk(lineIndex) != at.open();
  }

  TaskLine at() {
    return at;
  }

  TextBounds bounds() {
    return bounds;
  }

  Source source() {
    return source;
  }

  /// Its place among the tasks of the document, from 0.
  int index() {
    return index;
  }

  int lineIndex() {
    return lineIndex;
  }

  /// The line behind its last one, 0-based.
  int endLine() {
    return endLine;
  }

  void extendTo(int line) {
    endLine = Math.max(endLine, line);
  }

  void adopt(Task child) {
    if (children.isEmpty()) {
      children = new ArrayList<>();
    }
    children.add(child);
  }

  /// The offset of the line, and the one behind it with its body, line endings included.
  int start() {
    return source.start(lineIndex);
  }

  int end() {
    return source.start(endLine);
  }

  @Override
  public String toString() {
    return "line " + line() + ": [" + marker() + "] " + text();
  }
}
