package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.task.Mark;
import adw.task.StrayMark;
import adw.task.StrayMarks;
import adw.task.Task;
import adw.task.TaskDocument;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Applies the daemon's own edits again to a save whose author cannot have seen them. The saved
/// text is always the document; this is no merge.
final class SaveReplay {
  /// More lines with runs vanishing or reset in one save look like an accident.
  private static final int MAX_LOST = 3;

  private final JournalState known;
  private final TaskDocument before;
  private final Save save;
  private final TrackedLines lines;
  private final LineMatching matching;
  private final long seen;
  private final ReplayPlan judged;
  private final StrayMarks stray;
  private final KeptLines kept;

  private SaveReplay(JournalState known, TaskDocument before, Save save) {
    this.known = known;
    this.before = before;
    this.save = save;
    this.judged = new ReplayPlan(known);
    this.stray = new StrayMarks(save.document());
    this.lines = TrackedLines.of(known, before);
    this.matching =
        LineMatching.of(before, save.document(), task -> TrackedLines.identity(known, task));
    if (matching.hasLost()) {
      var surelySeen = newestSeen();
      matching.matchReworded(
          task -> isUnseen(task, surelySeen),
          task -> lines.find(task).isPresent(),
          (was, now) -> waitsAnew(was, now) || isOtherWork(was, now));
    }
    this.seen = newestSeen();
    this.kept = new KeptLines(before, save.document(), matching);
  }

  /// The last write of ours that the author of the save has surely seen.
  private long newestSeen() {
    return save.isMerged() ? new SaveReplay(known, before, save.asTyped()).seen : newestShown();
  }

  /// Two scripts that add lines while we write know nothing of each other's, however alike they
  /// read.
  private boolean isUnseen(Task task, long surelySeen) {
    return lines
        .find(task)
        .filter(line -> line.isInserted() && line.last().seq() > surelySeen)
        .isPresent();
  }

  /// A line that waits for others or for a time, and did not when we began it, is a new task: it
  /// must not get the result of another.
  private boolean waitsAnew(Task was, Task now) {
    return isOpen(now.mark())
        && !(now.mark() instanceof Mark.Pending)
        && lines
            .find(was)
            .filter(line -> !line.from().strip().equals(now.marker().strip()))
            .isPresent();
  }

  /// What an ended run did is done: another text is other work, or the same work in other words,
  /// and nobody can tell which.
  private boolean isOtherWork(Task was, Task now) {
    return !save.isGit()
        && isOpen(now.mark())
        && lines
            .find(was)
            .filter(line -> line.mark().isEnd() && line.mark().id().isPresent())
            .filter(line -> !LineMatching.key(line.text()).equals(LineMatching.key(now)))
            .isPresent();
  }

  private static boolean isOpen(Mark mark) {
    return switch (mark) {
      case Mark.Pending _, Mark.Blocked _, Mark.NotBefore _, Mark.Template _ -> true;
      case Mark.Running _,
          Mark.NeedsYou _,
          Mark.Done _,
          Mark.Failed _,
          Mark.Cancelled _,
          Mark.Retry _,
          Mark.Malformed _ ->
          false;
    };
  }

  /// `before` is the last version known.
  static ReplayResult of(JournalState known, TaskDocument before, Save save) {
    var replay = new SaveReplay(known, before, save);
    replay.run();
    return replay.judged.result(save);
  }

  private void run() {
    keepRunningDuplicates();
    judgePairs();
    judgeGone();
    var newcomers = new NewLineReplay(known, save, judged, seen);
    newcomers.judge(matching);
    judgeAway();
    judged.keepUnseen(seen);
    if (judged.lost() > MAX_LOST) {
      judged.calmDown();
    }
  }

  /// The last write of ours of which any line of the save shows a trace.
  private long newestShown() {
    var newest = 0L;
    var tasks = save.document().tasks();
    for (var i = 0; i < tasks.size(); i++) {
      if (mayBeOurs(i)) {
        newest = Math.max(newest, shown(tasks.get(i), before(i).flatMap(lines::find)));
      }
    }
    return newest;
  }

  /// False for most lines of most files: the journal knows nothing of them.
  private boolean mayBeOurs(int afterIndex) {
    var was = matching.from(afterIndex);
    return save.document().rows().hasId(afterIndex) || (was >= 0 && mayBeKnown(was));
  }

  private boolean mayBeKnown(int beforeIndex) {
    return before.rows().hasId(beforeIndex) || !lines.isEmpty();
  }

  private long shown(Task task, Optional<TrackedLine> matched) {
    var named = task.mark().id().flatMap(known::find);
    var line = named.isPresent() ? named : matched;
    if (line.isEmpty()) {
      return 0;
    }
    return isInsertShown(line.get())
        ? line.get().last().seq()
        : line.get().shown(task.mark(), task.tail());
  }

  /// A line that only we put there, and that nobody touched since.
  private boolean isInsertShown(TrackedLine line) {
    return line.origin() == TrackedLine.Origin.DAEMON
        && line.steps().size() == 1
        && line.mark().id().isEmpty();
  }

  private Optional<Task> before(int afterIndex) {
    var index = matching.from(afterIndex);
    return index < 0 ? Optional.empty() : Optional.of(before.tasks().get(index));
  }

  /// Of equal lines, the one that runs is the one that is still there.
  private void keepRunningDuplicates() {
    var tasks = before.tasks();
    var gone =
        IntStream.range(0, tasks.size())
            .filter(i -> matching.to(i) < 0 && isRunning(tasks.get(i)))
            .toArray();
    var twins = gone.length == 0 ? Map.<String, Deque<Integer>>of() : twins();
    for (var index : gone) {
      var same = twins.get(LineMatching.key(tasks.get(index)));
      if (same != null && !same.isEmpty()) {
        matching.give(same.remove(), index);
      }
    }
  }

  /// By their text, the lines that the save still has and that show no run in it.
  private Map<String, Deque<Integer>> twins() {
    var twins = new HashMap<String, Deque<Integer>>();
    var tasks = before.tasks();
    for (var i = 0; i < tasks.size(); i++) {
      var to = matching.to(i);
      if (to >= 0
          && !isRunning(tasks.get(i))
          && save.document().tasks().get(to).mark().id().isEmpty()) {
        twins.computeIfAbsent(LineMatching.key(tasks.get(i)), _ -> new ArrayDeque<>()).add(i);
      }
    }
    return twins;
  }

  private boolean isRunning(Task task) {
    return lines.find(task).filter(line -> line.mark().isAlive()).isPresent();
  }

  private void judgePairs() {
    var tasks = save.document().tasks();
    for (var i = 0; i < tasks.size(); i++) {
      var was = matching.from(i);
      if (was >= 0 && !isSame(was, i)) {
        judgePair(before.tasks().get(was), tasks.get(i));
      }
    }
  }

  private boolean isSame(int beforeIndex, int afterIndex) {
    var isWrittenLike =
        before.rows().isWrittenLike(beforeIndex, save.document().rows(), afterIndex);
    return (isWrittenLike && !mayBeKnown(beforeIndex))
        || isSame(
            isWrittenLike,
            before.tasks().get(beforeIndex),
            save.document().tasks().get(afterIndex));
  }

  private boolean isSame(boolean isWrittenLike, Task was, Task now) {
    var isEqual =
        isWrittenLike || (was.marker().equals(now.marker()) && was.text().equals(now.text()));
    return isEqual && (save.isGit() || lines.find(was).filter(l -> isHidden(l)).isEmpty());
  }

  private static boolean isHidden(TrackedLine line) {
    return line.where() == TrackedLine.Where.HIDDEN;
  }

  private void judgePair(Task was, Task now) {
    var line = lines.find(was).or(() -> now.mark().id().flatMap(known::find));
    if (line.isEmpty()) {
      judgeUntouched(was, now);
      return;
    }
    var current = line.get();
    if (save.isGit()) {
      judged.leave(
          current, now, isShown(current, now) ? TrackedLine.Where.SHOWN : TrackedLine.Where.HIDDEN);
      return;
    }
    var words = TrackedLines.words(Optional.of(was), now);
    var verdict = verdict(current, was, now, words);
    if (verdict.isPutBack() && current.last().seq() > seen) {
      judged.foundStale();
    }
    if (verdict.isPutBack() && isOtherWork(was, now)) {
      judged.replaced(current, now, blockOf(was));
    } else {
      judged.add(current, now, verdict, words);
    }
  }

  private LineVerdict verdict(TrackedLine line, Task was, Task now, String words) {
    if (save.isRestored()) {
      return now.mark().equals(line.mark()) ? LineVerdict.KEEP : LineVerdict.PUT_BACK;
    }
    if (isHidden(line) && now.mark().equals(was.mark()) && !isShown(line, now)) {
      return line.mark().id().isEmpty() ? LineVerdict.KEEP : LineVerdict.PUT_BACK;
    }
    var isSeen = line.last().seq() <= seen && !isHidden(line);
    return LineVerdict.of(line, was.mark(), now, isSeen, !words.isEmpty());
  }

  private static boolean isShown(TrackedLine line, Task task) {
    return task.mark().equals(line.mark());
  }

  private void judgeUntouched(Task was, Task now) {
    var isOpen = was.mark() instanceof Mark.Pending || was.mark() instanceof Mark.Blocked;
    if (isOpen && now.mark() instanceof Mark.Cancelled && !save.isGit()) {
      judged.ask(
          new JournaledCommand(JournaledCommand.Kind.DO_NOT_RUN, "", LineMatching.key(now), ""));
    }
  }

  private void judgeGone() {
    var tasks = before.tasks();
    for (var i = 0; i < tasks.size(); i++) {
      if (matching.to(i) < 0) {
        var index = i;
        lines.find(tasks.get(i)).ifPresent(line -> judgeGone(index, line));
      }
    }
  }

  private void judgeGone(int index, TrackedLine line) {
    var task = before.tasks().get(index);
    if (save.isGit() || isHidden(line)) {
      judged.gone(line, TrackedLine.Where.HIDDEN);
    } else if (line.mark().id().isEmpty() && stray.isCovered(line.text())) {
      return;
    } else if (findStray(line).isPresent()) {
      judged.covered(line, findStray(line).get());
    } else if (findReplacement(index, line).isPresent()) {
      putBack(index, line, findReplacement(index, line).get());
    } else if (isOwed(line)) {
      judged.bringBack(line, anchor(index), blockOf(task), task.scope());
    } else if (line.mark().isAlive() && !save.isRestored()) {
      judgeGoneAlive(task, line);
    } else {
      judged.gone(line, TrackedLine.Where.GONE);
    }
  }

  private Optional<StrayMark> findStray(TrackedLine line) {
    return line.mark().id().flatMap(stray::find);
  }

  /// What a save that has not seen how the run of the line ended has in its place: now, or since it
  /// was put back for that reason.
  private Optional<Task> findReplacement(int index, TrackedLine line) {
    if (!line.mark().isEnd() || (line.last().seq() <= seen && !save.isRestored())) {
      return Optional.empty();
    }
    var before = this.before.tasks();
    return matching
        .findLike(index)
        .filter(now -> !waitsAnew(before.get(index), now))
        .or(() -> judged.held(line).flatMap(text -> kept.find(text).stream()).findFirst());
  }

  private void putBack(int index, TrackedLine line, Task now) {
    var task = before.tasks().get(index);
    judged.foundStale();
    if (line.last().moved()) {
      judged.bringBack(line, anchor(index), blockOf(task), task.scope());
      judged.hold(line, now);
    } else {
      judged.replaced(line, now, blockOf(task));
    }
  }

  /// Whether the save's author cannot have known the line as it is: it came by a write that the
  /// save has not seen, or the save was surely made from an old text.
  private boolean isOwed(TrackedLine line) {
    var isRun = line.mark().id().isPresent();
    if (save.isRestored()) {
      return line.mark().isAlive();
    }
    var isInserted = line.isInserted() && !known.couldSeeAgain(line.key(), save);
    return line.last().seq() > seen && (isInserted || (isRun && judged.isStale()));
  }

  private void judgeGoneAlive(Task task, TrackedLine line) {
    var id = line.mark().id().orElseThrow();
    var key = LineMatching.key(task);
    if (kept.isInSave(key)) {
      judged.gone(line, TrackedLine.Where.GONE);
      judged.tell(
          "the line of "
              + id
              + " is gone, an equal one is there: it goes on (adw cancel "
              + id
              + ")");
    } else {
      judged.missing(line);
    }
  }

  /// Running lines that were away before this save and still are.
  private void judgeAway() {
    for (var line : save.isGit() ? List.<TrackedLine>of() : known.tracked()) {
      if (isAway(line) && !judged.isJudged(line)) {
        var mark = findStray(line);
        if (mark.isPresent()) {
          judged.covered(line, mark.get());
        } else if (line.where() == TrackedLine.Where.COVERED) {
          judged.missing(line);
        }
      }
    }
  }

  private static boolean isAway(TrackedLine line) {
    var isAway =
        line.where() == TrackedLine.Where.MISSING || line.where() == TrackedLine.Where.COVERED;
    return isAway && line.mark().isAlive();
  }

  /// The task of the save below which a line of the last version belongs.
  private Optional<Task> anchor(int index) {
    var scope = before.tasks().get(index).scope();
    for (var i = index - 1; i >= 0 && before.tasks().get(i).scope() == scope; i--) {
      if (matching.to(i) >= 0) {
        return Optional.of(save.document().tasks().get(matching.to(i)));
      }
    }
    return Optional.empty();
  }

  private String blockOf(Task task) {
    return new String(Arrays.copyOfRange(known.bytes(), task.start(), task.end()), UTF_8);
  }
}
