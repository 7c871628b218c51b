package adw.task.file;

import adw.task.Mark;
import adw.task.TailText;
import adw.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the journal remembers of one line that the daemon has touched: what it was before, and each
/// state since.
public record TrackedLine(
    long key,
    String text,
    Optional<String> name,
    Origin origin,
    String from,
    List<LineStep> steps,
    Where where) {
  private static final int MAX_STEPS = 8;

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

  LineStep last() {
    return steps.getLast();
  }

  public Mark mark() {
    return last().mark();
  }

  /// Whether nobody can have seen the line in the file before the write that brought it.
  boolean isInserted() {
    return origin != Origin.PERSON;
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

  private long first(Predicate<LineStep> condition) {
    return steps.stream().filter(condition).mapToLong(LineStep::seq).findFirst().orElse(0);
  }

  TrackedLine with(LineStep step, String newText) {
    var all = new ArrayList<>(steps);
    all.add(step);
    var kept = all.subList(Math.max(0, all.size() - MAX_STEPS), all.size());
    return new TrackedLine(key, newText, name, origin, from, kept, Where.SHOWN);
  }

  /// As the task reads now.
  TrackedLine as(Task task, Where place) {
    return new TrackedLine(key, task.text(), task.name(), origin, from, steps, place);
  }

  TrackedLine at(Where place) {
    return new TrackedLine(key, text, name, origin, from, steps, place);
  }
}
