package adw.task.file;

import adw.task.Mark;
import adw.task.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lines of a save that the last version had not: new tasks, copies, and lines that come back.
final class NewLineReplay {
  private final JournalState known;
  private final Save save;
  private final ReplayPlan judged;
  private final long seen;
  private final Map<String, Deque<TrackedLine>> ghosts = new HashMap<>();

  NewLineReplay(JournalState known, Save save, ReplayPlan judged, long seen) {
    this.known = known;
    this.save = save;
    this.judged = judged;
    this.seen = seen;
    for (var line : known.tracked()) {
      if (line.where() != TrackedLine.Where.SHOWN && line.mark().id().isPresent()) {
        ghosts.computeIfAbsent(LineMatching.key(line.text()), _ -> new ArrayDeque<>()).add(line);
      }
    }
  }

  void judge(LineMatching matching) {
    var tasks = save.document().tasks();
    var holders = holders(matching);
    for (var i = 0; i < tasks.size(); i++) {
      if (matching.from(i) < 0) {
        var task = tasks.get(i);
        if (task.mark().id().isPresent()) {
          judgeNamed(task, task.mark().id().get(), holders);
        } else {
          judgeOpen(task);
        }
      }
    }
  }

  /// Lines by the run that they show; an equal line that is there is the one the journal knows.
  private Map<String, Integer> holders(LineMatching matching) {
    var holders = new HashMap<String, Integer>();
    var rows = save.document().rows();
    for (var i = 0; i < rows.size(); i++) {
      if (matching.from(i) >= 0 && (rows.hasId(i) || !ghosts.isEmpty())) {
        var task = rows.task(i);
        if (!ghosts.isEmpty()) {
          ghosts.getOrDefault(LineMatching.key(task), new ArrayDeque<>()).poll();
        }
        task.mark().id().ifPresent(id -> holders.putIfAbsent(id, task.line()));
      }
    }
    return holders;
  }

  private void judgeNamed(Task task, String id, Map<String, Integer> holders) {
    var holder = holders.putIfAbsent(id, task.line());
    var line = known.find(id);
    if (holder != null) {
      judged.tell(
          "line " + task.line() + " has the run id of line " + holder + ", which keeps it: " + id);
    } else if (line.isEmpty()) {
      tellUnknown(task, id);
    } else {
      judgeReturned(task, line.get());
    }
  }

  private void tellUnknown(Task task, String id) {
    if (task.mark().isAlive()) {
      judged.tell("line " + task.line() + ": " + id + " is not known here: left alone");
    }
  }

  private void judgeReturned(Task task, TrackedLine line) {
    take(line);
    if (save.isGit() || task.mark().equals(line.mark())) {
      judged.leave(line, task, place(task, line));
    } else {
      judged.returnedNamed(line, task);
    }
  }

  private static TrackedLine.Where place(Task task, TrackedLine line) {
    return task.mark().equals(line.mark()) ? TrackedLine.Where.SHOWN : TrackedLine.Where.HIDDEN;
  }

  private void take(TrackedLine line) {
    var same = ghosts.get(LineMatching.key(line.text()));
    if (same != null) {
      same.remove(line);
    }
  }

  private void judgeOpen(Task task) {
    var ghost = findGhost(task);
    if (ghost.isPresent()) {
      if (!save.isGit()) {
        judged.returned(ghost.get(), task);
      }
      return;
    }
    if (save.isElsewhere()) {
      judged.foreign(task);
    }
    if (save.origin() == Save.Origin.DISPLACED) {
      judged.arrived(task);
    }
  }

  /// The line in the journal that an old text may have brought back.
  private Optional<TrackedLine> findGhost(Task task) {
    var isOpen = !task.mark().isEnd() && !(task.mark() instanceof Mark.Retry);
    var same = ghosts.get(LineMatching.key(task));
    if (!isOpen || same == null) {
      return Optional.empty();
    }
    var ghost = same.stream().filter(this::isFromBefore).findFirst();
    ghost.ifPresent(same::remove);
    return ghost;
  }

  private boolean isFromBefore(TrackedLine line) {
    return switch (line.where()) {
      case HIDDEN, MISSING -> true;
      case COVERED -> line.mark().isAlive() || judged.isStale() || save.isRestored();
      case ARCHIVED -> line.last().seq() > seen;
      case GONE -> judged.isStale() || save.isRestored();
      case SHOWN -> false;
    };
  }
}
