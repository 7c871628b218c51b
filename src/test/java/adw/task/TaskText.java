package adw.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.task.readiness.Decision;
import adw.task.readiness.Facts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the tests of this package share.
public final class TaskText {
  static final Vocabulary WORDS =
      new Vocabulary(Set.of("opus", "sonnet", "adw_build", "sh"), Set.of("backend", "tester"));

  private TaskText() {}

  public static TaskDocument parse(String text) {
    return TaskDocument.parse(text.getBytes(UTF_8), WORDS, TailJudge.UNKNOWN);
  }

  static Task only(String text) {
    var tasks = parse(text).tasks();
    if (tasks.size() != 1) {
      throw new AssertionError(tasks.size() + " tasks: " + tasks);
    }
    return tasks.getFirst();
  }

  static List<String> texts(TaskDocument document) {
    return document.tasks().stream().map(Task::text).toList();
  }

  public static String text(TaskDocument document) {
    return new String(document.bytes(), UTF_8);
  }

  /// Facts of a world in which everything can start and nothing is remembered.
  public static final class World implements Facts {
    public final Map<String, Fate> fates = new HashMap<>();
    public final Map<String, Instant> seen = new HashMap<>();
    public final Map<String, Instant> copied = new HashMap<>();
    public final Map<String, Decision.Held> obstacles = new HashMap<>();

    @Override
    public Optional<Fate> findFate(String idOrName) {
      return Optional.ofNullable(fates.get(idOrName));
    }

    @Override
    public Optional<Instant> findFirstSeen(Task task) {
      return Optional.ofNullable(seen.get(task.text()));
    }

    @Override
    public Optional<Instant> findLastCopied(Task template) {
      return Optional.ofNullable(copied.get(template.text()));
    }

    @Override
    public Optional<Decision.Held> findObstacle(Task task) {
      return Optional.ofNullable(obstacles.get(task.text()));
    }

    @Override
    public boolean isGate(Task task) {
      return task.tags().equals(List.of("approve"));
    }
  }
}
