package adw.task.file;

import adw.task.ByteText;
import adw.task.Mark;
import adw.task.MarkParser;
import adw.task.TailText;
import adw.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the journal remembers of one line that the daemon has touched: what it was before, and each
/// state since.
public record TrackedLine(
    long key, String text, Optional<String> name, Arrival arrival, List<Step> steps, Where where) {
  private static final int MAX_STEPS = 8;

  /// How the line came into the journal.
  ///
  /// @param from what its brackets held before the first write; "" if we put it there
  record Arrival(Origin origin, String from) {}

  /// One state that the daemon gave to a line: in the write of that number, this marker and tail.
  record Step(long seq, String marker, String tail, boolean moved) {
    Mark mark() {
      return MarkParser.read(ByteText.encode(marker)).orElseGet(Mark.Pending::new);
    }

    Optional<String> reason() {
      return tail.isEmpty() ? Optional.empty() : Optional.of(tail);
    }
  }

  /// Who put the line into the file under its name.
  enum Origin {
    PERSON,
    DAEMON,
    /// A person, in a save that our write displaced: others cannot have seen it before we did.
    DISPLACED
  }

  /// Where its line is, in the last version known.
  enum Where {
    /// With the mark that the journal knows.
    SHOWN,
    /// git put an older text there, or none: nothing of that is a person's wish.
    HIDDEN,
    /// Its mark stands in the file where no task can be: in code, in a comment, behind escaped
    /// brackets.
    COVERED,
    /// Away for a moment, or taken away: a running one is cancelled if it stays away.
    MISSING,
    /// Moved to the archive by us.
    ARCHIVED,
    /// Taken away, or made another task, by a person.
    GONE
  }

  public TrackedLine {
    steps = List.copyOf(steps);
  }

  /// Of a person's task, before the first write to it.
  static TrackedLine of(long key, Task task) {
    var arrival = new Arrival(Origin.PERSON, task.marker());
    return new TrackedLine(key, task.text(), task.name(), arrival, List.of(), Where.SHOWN);
  }

  /// Of tasks that nobody has seen in the file before the write of that number, from that key on.
  static List<TrackedLine> ofInserted(List<Task> tasks, Origin origin, long firstKey, long seq) {
    var lines = new ArrayList<TrackedLine>();
    for (var task : tasks) {
      var step = new Step(seq, task.marker(), task.tail().orElse(""), false);
      var key = firstKey + lines.size();
      var arrival = new Arrival(origin, "");
      lines.add(
          new TrackedLine(key, task.text(), task.name(), arrival, List.of(step), Where.SHOWN));
    }
    return lines;
  }

  Origin origin() {
    return arrival.origin;
  }

  /// What its brackets held before the first write.
  String from() {
    return arrival.from;
  }

  Step last() {
    return steps.getLast();
  }

  public Mark mark() {
    return last().mark();
  }

  /// Whether nobody can have seen the line in the file before the write that brought it.
  boolean isInserted() {
    return origin() != Origin.PERSON;
  }

  boolean hasId(String id) {
    return steps.stream().anyMatch(step -> step.mark().id().filter(id::equals).isPresent());
  }

  /// The number of the write in which this id came to the line.
  private long cameWith(String id) {
    return first(step -> step.mark().id().filter(id::equals).isPresent());
  }

  /// The last write of ours of which a line with this mark and tail surely shows a trace.
  long shown(Mark mark, Optional<String> tail) {
    var byMark = first(step -> step.mark().id().isPresent() && step.mark().equals(mark));
    var byTail = first(step -> tail.filter(step.tail()::equals).isPresent());
    var byHint = tail.filter(TailText::isRetryHint).isPresent() ? last().seq() : 0L;
    var byId = mark.id().map(this::cameWith).orElse(0L);
    return Math.max(Math.max(byId, byHint), Math.max(byMark, byTail));
  }

  private long first(Predicate<Step> condition) {
    return steps.stream().filter(condition).mapToLong(Step::seq).findFirst().orElse(0);
  }

  TrackedLine with(Step step, String newText) {
    var all = new ArrayList<>(steps);
    all.add(step);
    var kept = all.subList(Math.max(0, all.size() - MAX_STEPS), all.size());
    return new TrackedLine(key, newText, name, arrival, kept, Where.SHOWN);
  }

  /// As the task reads now.
  TrackedLine as(Task task, Where place) {
    return new TrackedLine(key, task.text(), task.name(), arrival, steps, place);
  }

  TrackedLine at(Where place) {
    return new TrackedLine(key, text, name, arrival, steps, place);
  }
}
