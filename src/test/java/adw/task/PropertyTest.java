package adw.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import adw.task.readiness.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for every file; a failure names the seed that made it.
class PropertyTest {
  private static final int DOCUMENTS = Integer.getInteger("adw.documents", 5_000);
  private static final String ID = "adw_deadbeef";

  @Test
  void anEditChangesItsMarkAndItsTailAndNothingElse() {
    for (var seed = 0L; seed < DOCUMENTS; seed++) {
      var text = Generated.wild(seed);
      var file = TaskDocument.parse(text.getBytes(UTF_8), TaskText.WORDS, TailJudge.UNKNOWN);
      assertThat(TaskText.text(file)).as("seed %d", seed).isEqualTo(text);

      var random = new Random(seed);
      var edits = new ArrayList<Edit.Rewrite>();
      for (var task : file.tasks()) {
        if (random.nextBoolean()) {
          edits.add(edit(task, random));
        }
      }
      var changed = DocumentEdits.apply(file, List.copyOf(edits));

      assertSameBytes(seed, file, edits, changed);
      assertSameTasks(seed, file, edits, changed);
    }
  }

  private static Edit.Rewrite edit(Task task, Random random) {
    var id = Optional.of(ID);
    return switch (random.nextInt(5)) {
      case 0 -> new Edit.Rewrite(task, new Mark.Running(ID), Optional.empty());
      case 1 -> new Edit.Rewrite(task, new Mark.Done(Optional.of("1234567"), id), Optional.empty());
      case 2 -> new Edit.Rewrite(task, new Mark.Failed(id), Optional.of("it broke {#x} #y"));
      case 3 -> new Edit.Rewrite(task, new Mark.NeedsYou(ID), Optional.of("which: ; or ,?"));
      default -> new Edit.Rewrite(task, new Mark.Cancelled(id), Optional.of("ü 😀"));
    };
  }

  private static void assertSameBytes(
      long seed, TaskDocument before, List<Edit.Rewrite> edits, TaskDocument after) {
    var old = lines(before);
    var changed = lines(after);
    assertThat(changed).as("seed %d", seed).hasSameSizeAs(old);
    for (var edit : edits) {
      var line = edit.task().line() - 1;
      assertThat(unmarked(changed.get(line), edit.tail()))
          .as("seed %d line %d", seed, line + 1)
          .isEqualTo(unmarked(old.get(line), edit.task().tail()));
      changed.set(line, old.get(line));
    }
    assertThat(changed).as("seed %d", seed).isEqualTo(old);
  }

  private static List<String> lines(TaskDocument document) {
    return new ArrayList<>(List.of(TaskText.text(document).split("\n", -1)));
  }

  /// The line without the characters between its brackets and without the last such tail.
  private static String unmarked(String line, Optional<String> tail) {
    var open = line.indexOf('[');
    var bare = line.substring(0, open + 1) + line.substring(line.indexOf(']', open));
    var at = tail.map(t -> bare.lastIndexOf(" // " + t)).orElse(-1);
    return at < 0 ? bare : bare.substring(0, at) + bare.substring(at + 4 + tail.get().length());
  }

  private static void assertSameTasks(
      long seed, TaskDocument before, List<Edit.Rewrite> edits, TaskDocument after) {
    assertThat(after.tasks())
        .extracting(Task::line)
        .as("seed %d", seed)
        .isEqualTo(before.tasks().stream().map(Task::line).toList());
    for (var task : before.tasks()) {
      var now = after.tasks().get(task.index());
      var edit = edits.stream().filter(e -> e.task().equals(task)).findFirst();
      assertThat(now.mark())
          .as("seed %d", seed)
          .isEqualTo(edit.map(Edit.Rewrite::mark).orElse(task.mark()));
      assertThat(now.tail())
          .as("seed %d", seed)
          .isEqualTo(edit.map(Edit.Rewrite::tail).orElse(task.tail()));
      assertThat(now.scope().line()).as("seed %d", seed).isEqualTo(task.scope().line());
      if (task.children().isEmpty()) {
        assertThat(now.body()).as("seed %d", seed).isEqualTo(task.body());
      }
      assertThat(now.isParked()).as("seed %d", seed).isEqualTo(task.isParked());
    }
  }

  @Test
  void aMoveToDoneLosesNoTaskAndNoByte() {
    var moved = 0;
    for (var seed = 0L; seed < DOCUMENTS; seed++) {
      var file = TaskText.parse(Generated.wild(seed) + (seed % 3 == 0 ? "" : "\n## Done\n"));
      if (file.tasks().isEmpty()) {
        continue;
      }
      var task = file.tasks().get((int) (seed % file.tasks().size()));

      var changed = DocumentEdits.apply(file, List.of(new Edit.MoveToDone(task)));

      assertThat(sorted(changed)).as("seed %d", seed).isEqualTo(sorted(file));
      assertThat(ink(changed)).as("seed %d", seed).isEqualTo(ink(file));
      moved += TaskText.text(changed).equals(TaskText.text(file)) ? 0 : 1;
    }
    assertThat(moved).isGreaterThan(DOCUMENTS / 10);
  }

  private static List<String> sorted(TaskDocument document) {
    return document.tasks().stream().map(t -> t.marker() + t.text()).sorted().toList();
  }

  private static List<String> ink(TaskDocument document) {
    return TaskText.text(document)
        .replace("\uFEFF", "")
        .lines()
        .filter(l -> !l.isBlank())
        .sorted()
        .toList();
  }

  @Test
  void anyTextCanBeRead() {
    for (var seed = 0L; seed < DOCUMENTS / 4; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      for (var i = random.nextInt(60); i > 0; i--) {
        text.append(random.nextInt(3) == 0 ? "\n" : "").append(character(random));
      }

      var file = TaskText.parse(text.toString());

      assertThat(TaskText.text(file)).as("seed %d", seed).isEqualTo(text.toString());
      file.tasks().forEach(task -> assertThat(task.prompt() + task.title()).isNotNull());
      assertThat(Readiness.of(file, new TaskText.World(), ScheduleTest.NOW))
          .hasSameSizeAs(file.tasks());
      assertThat(DocumentFindings.of(file)).isNotNull();
    }
  }

  private static String character(Random random) {
    var choices = "[] ⏰🟡✅❌⊘x-#@{}=,/`<>|*_~:.!()\\\r\t\u0085\u2028\uFEFFaé😀1";
    var at =
        choices.offsetByCodePoints(0, random.nextInt(choices.codePointCount(0, choices.length())));
    return Character.toString(choices.codePointAt(at));
  }
}
