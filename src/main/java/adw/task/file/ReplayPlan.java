package adw.task.file;

import adw.task.DocumentEdits;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.StrayMark;
import adw.task.TailText;
import adw.task.Task;
import adw.task.TaskScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is to be done about a save, as it is found out line by line.
final class ReplayPlan {
  private final List<Edit> edits = new ArrayList<>();
  private final Map<Optional<String>, String> tops = new LinkedHashMap<>();
  private final Map<Long, TrackedLine> changed = new LinkedHashMap<>();
  private final List<JournaledCommand> asked = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final List<Reset> resets = new ArrayList<>();
  private final List<TrackedLine> vanished = new ArrayList<>();
  private final List<Task> arrived = new ArrayList<>();
  private final Set<String> foreign = new HashSet<>();
  private final Set<Long> broughtBack = new HashSet<>();
  private final JournalState known;
  private final List<PutBackLine> putBacks = new ArrayList<>();
  private final Map<String, Set<String>> held;
  private boolean isStale;
  private int goneCount;

  ReplayPlan(JournalState known) {
    this.known = known;
    this.held =
        known.putBacks().stream()
            .collect(
                Collectors.groupingBy(
                    PutBackLine::runId, Collectors.mapping(PutBackLine::held, Collectors.toSet())));
  }

  private record Reset(TrackedLine line, Task task, JournaledCommand asked) {}

  void add(TrackedLine line, Task now, LineVerdict verdict, String words) {
    switch (verdict) {
      case KEEP -> leave(line, now, placeOf(line, now));
      case RELEASE -> leave(line, now, TrackedLine.Where.GONE);
      case PUT_BACK -> putBack(line, now, false);
      case PUT_BACK_WITH_HINT -> {
        putBack(line, now, true);
        line.mark().id().ifPresent(id -> putBacks.add(new PutBackLine(id, "")));
      }
      case START_OVER -> startOver(line, now);
      case CONTINUE -> {
        putBack(line, now, false);
        ask(asked(JournaledCommand.Kind.CONTINUE, line, now, words));
      }
      case CANCEL -> {
        leave(line, now, placeOf(line, now));
        ask(asked(JournaledCommand.Kind.CANCEL, line, now, ""));
      }
      case TAKEN_OVER -> {
        leave(line, now, TrackedLine.Where.GONE);
        ask(asked(JournaledCommand.Kind.TAKEN_OVER, line, now, ""));
      }
    }
  }

  private static JournaledCommand asked(
      JournaledCommand.Kind kind, TrackedLine line, Task now, String words) {
    return new JournaledCommand(kind, line.mark().id().orElse(""), LineMatching.key(now), words);
  }

  private static TrackedLine.Where placeOf(TrackedLine line, Task now) {
    if (now.mark() instanceof Mark.Malformed) {
      return TrackedLine.Where.HIDDEN;
    }
    var isShown = now.mark().id().isPresent() || line.mark().id().isEmpty();
    return isShown ? TrackedLine.Where.SHOWN : TrackedLine.Where.GONE;
  }

  private void startOver(TrackedLine line, Task now) {
    leave(line, now, TrackedLine.Where.GONE);
    if (line.mark().isAlive()) {
      ask(asked(JournaledCommand.Kind.CANCEL, line, now, ""));
    }
    var command = asked(JournaledCommand.Kind.START_OVER, line, now, "");
    if (now.mark() instanceof Mark.Pending) {
      resets.add(new Reset(line, now, command));
    } else {
      ask(command);
    }
  }

  private void putBack(TrackedLine line, Task now, boolean isHinted) {
    var step = line.last();
    var mark = step.mark();
    var tail =
        isHinted && mark instanceof Mark.Done ? Optional.of(TailText.RETRY_HINT) : step.reason();
    edits.add(
        mark.id().isPresent()
            ? new Edit.Rewrite(now, mark, tail)
            : new Edit.Restore(now, step.marker(), tail));
    if (step.moved() && !now.isUnderDone()) {
      edits.add(new Edit.MoveToDone(now));
    }
    leave(line, now, TrackedLine.Where.SHOWN);
  }

  /// The line is there, and this is what it shows.
  void leave(TrackedLine line, Task now, TrackedLine.Where where) {
    if (where != line.where() || !now.text().equals(line.text())) {
      changed.put(line.key(), line.as(now, where));
    }
  }

  void gone(TrackedLine line, TrackedLine.Where where) {
    if (where == TrackedLine.Where.GONE) {
      goneCount++;
    }
    changed.put(line.key(), line.at(where));
  }

  boolean isJudged(TrackedLine line) {
    return changed.containsKey(line.key());
  }

  /// Cancelled if it stays away.
  void missing(TrackedLine line) {
    goneCount++;
    vanished.add(line);
    changed.put(line.key(), line.at(TrackedLine.Where.MISSING));
  }

  /// Its mark is still there.
  void covered(TrackedLine line, StrayMark mark) {
    if (line.where() != TrackedLine.Where.COVERED) {
      changed.put(line.key(), line.at(TrackedLine.Where.COVERED));
      if (line.mark().isAlive()) {
        tell(
            mark.runId()
                + " goes on, though "
                + mark.where()
                + " hides its line: its result is written once it is a task again (adw cancel "
                + mark.runId()
                + " ends it)");
      }
    }
  }

  /// What the save cannot have known comes back, at its scope's top if nothing stands above it any
  /// more.
  private void insert(Optional<Task> below, String block, TaskScope scope) {
    var text = block.stripTrailing();
    if (below.isPresent()) {
      edits.add(new Edit.InsertBelow(below.get(), text));
    } else {
      tops.merge(scope.name(), text + "\n", String::concat);
    }
  }

  /// What stood there before the save, and its author cannot have known.
  void bringBack(TrackedLine line, Optional<Task> below, String block, TaskScope scope) {
    broughtBack.add(line.key());
    insert(below, block, scope);
  }

  /// The line of an ended run goes back above the text that an old save has in its place.
  void replaced(TrackedLine line, Task now, String block) {
    edits.add(new Edit.InsertAbove(now, block.stripTrailing()));
    hold(line, now);
  }

  /// The text is not run until somebody who has seen how the run ended still wants it.
  void hold(TrackedLine line, Task now) {
    var id = line.mark().id().orElseThrow();
    putBacks.add(new PutBackLine(id, LineMatching.key(now)));
    tell(
        id
            + " has ended, which this save had not seen: its line was put back, and "
            + "\""
            + now.title()
            + "\" is held below it (save again after reloading to run it)");
  }

  /// The texts that are held because of a run of this line.
  Stream<String> held(TrackedLine line) {
    return line.steps().stream()
        .flatMap(step -> step.mark().id().stream())
        .flatMap(id -> held.getOrDefault(id, Set.of()).stream());
  }

  /// Those that this save has not seen either.
  void keepUnseen(long seen) {
    var now = putBacks.stream().map(PutBackLine::runId).collect(Collectors.toSet());
    for (var old : known.putBacks()) {
      var line = known.find(old.runId());
      var isUnseen = line.filter(l -> l.last().seq() > seen && l.mark().isEnd()).isPresent();
      if (isUnseen && now.add(old.runId())) {
        putBacks.add(old);
      }
    }
  }

  /// An old text that came back.
  void returned(TrackedLine line, Task now) {
    add(line, now, line.mark().isEnd() ? LineVerdict.PUT_BACK_WITH_HINT : LineVerdict.PUT_BACK, "");
  }

  /// It names its run.
  void returnedNamed(TrackedLine line, Task now) {
    add(line, now, LineVerdict.PUT_BACK, "");
  }

  void arrived(Task task) {
    arrived.add(task);
  }

  void foreign(Task task) {
    foreign.add(LineMatching.key(task));
  }

  void ask(JournaledCommand command) {
    asked.add(command);
  }

  void tell(String notice) {
    notices.add(notice);
  }

  void foundStale() {
    isStale = true;
  }

  /// Whether some line shows that the save was made from an old text.
  boolean isStale() {
    return isStale;
  }

  int lost() {
    return vanished.isEmpty() && resets.isEmpty() ? 0 : goneCount + resets.size();
  }

  /// Too much at once to be meant: nothing is started, nothing is ended.
  void calmDown() {
    tell(
        lost()
            + " lines with run ids vanished or were reset in one save: nothing was done (adw stop"
            + " ends the runs, adw undo brings the lines back, [retry] starts one anew)");
    for (var reset : resets) {
      putBack(reset.line(), reset.task(), true);
      changed.put(reset.line().key(), reset.line().at(TrackedLine.Where.SHOWN));
    }
    vanished.forEach(line -> changed.put(line.key(), line.at(TrackedLine.Where.HIDDEN)));
    resets.clear();
    vanished.clear();
  }

  ReplayResult result(Save save) {
    resets.forEach(reset -> ask(reset.asked()));
    tops.forEach((scope, lines) -> edits.add(new Edit.InsertFirst(scope, lines.stripTrailing())));
    var document = edits.isEmpty() ? save.document() : DocumentEdits.apply(save.document(), edits);
    var tracked = new ArrayList<>(changed.values());
    tracked.addAll(
        TrackedLine.ofInserted(
            arrived, TrackedLine.Origin.DISPLACED, known.nextKey(), known.seq() + 1));
    var strangers = new HashSet<>(foreign);
    if (save.isElsewhere()) {
      strangers.addAll(known.foreign());
    }
    var memory = new JournalEntry.Memory(tracked, asked, notices, strangers, broughtBack, putBacks);
    return new ReplayResult(document, memory);
  }
}
