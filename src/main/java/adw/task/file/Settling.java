package adw.task.file;

import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which lines a person may still be typing: they appeared or changed while this process watched,
/// and have not stood still long enough.
final class Settling {
  /// For an editor that saves while one types.
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Duration settle;
  private final Map<String, Typed> typed = new HashMap<>();
  private Optional<TaskDocument> lastDocument = Optional.empty();

  private record Typed(Instant since, boolean isAgain) {
    Typed at(Instant time) {
      return new Typed(time, isAgain);
    }
  }

  Settling(Duration settle) {
    this.settle = settle;
  }

  Duration settle() {
    return settle;
  }

  /// Our own write: nothing in it is being typed.
  void wrote(TaskDocument document) {
    if (lastDocument.isPresent()) {
      lastDocument = Optional.of(document);
    }
  }

  /// The texts that the daemon itself put into the file are in `own`.
  void observe(TaskDocument document, Set<String> own, Instant now) {
    // Where the clock was set back, what was typed before counts from now.
    typed.replaceAll((_, line) -> line.since().isAfter(now) ? line.at(now) : line);
    if (settle.isZero() || lastDocument.filter(document::equals).isPresent()) {
      return;
    }
    lastDocument.ifPresent(last -> compare(keys(last.tasks()), keys(document.tasks()), own, now));
    lastDocument = Optional.of(document);
  }

  private static Set<String> keys(List<Task> tasks) {
    var keys = new HashSet<String>();
    for (var task : tasks) {
      if (isOpen(task.mark())) {
        keys.add(key(task));
      }
    }
    return keys;
  }

  private static boolean isOpen(Mark mark) {
    return mark instanceof Mark.Pending
        || mark instanceof Mark.Blocked
        || mark instanceof Mark.NotBefore;
  }

  private static String key(Task task) {
    return task.text() + "\n" + task.settings() + "\n" + task.body();
  }

  private void compare(Set<String> before, Set<String> after, Set<String> own, Instant now) {
    var changing = new ArrayList<>(typed.keySet());
    changing.retainAll(before);
    changing.removeAll(after);
    changing.forEach(typed::remove);
    var left = changing.size();
    for (var key : after) {
      if (!before.contains(key) && !own.contains(key.substring(0, key.indexOf('\n')))) {
        typed.put(key, new Typed(now, left > 0));
        left--;
      }
    }
  }

  /// Until when this line must stand still; empty: it has.
  Optional<Instant> until(TaskDocument document, Task task, Instant now) {
    var found = typed.isEmpty() ? null : typed.get(key(task));
    if (found == null || !isOpen(task.mark())) {
      return Optional.empty();
    }
    var isLong = found.isAgain() || isCutOff(document, task);
    var until = found.since().plus(isLong && settle.compareTo(LONG) < 0 ? LONG : settle);
    return until.isAfter(now) ? Optional.of(until) : Optional.empty();
  }

  /// The last line has no newline yet.
  private static boolean isCutOff(TaskDocument document, Task task) {
    var bytes = document.bytes();
    return task.end() == bytes.length && bytes[bytes.length - 1] != '\n';
  }

  /// Those that must be waited for.
  List<FileReading.Withheld> withheld(TaskDocument document, Instant now) {
    var longest = settle.compareTo(LONG) < 0 ? LONG : settle;
    if (typed.values().stream().noneMatch(line -> line.since().plus(longest).isAfter(now))) {
      return List.of();
    }
    return document.tasks().stream()
        .filter(task -> until(document, task, now).isPresent())
        .map(task -> new FileReading.Withheld(task, "being typed"))
        .toList();
  }
}
