package adw.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A text that is read on from another says what it says when it is read from end to end.
class RereadTest {
  private static final int DOCUMENTS = Integer.getInteger("adw.documents", 5_000);
  private static final int SAVES = 4;

  @Test
  void aChangedTextReadsAsIfItWereNew() {
    var quick = 0;
    for (var seed = 0L; seed < DOCUMENTS; seed++) {
      var random = new Random(seed);
      var text = Generated.calm(seed) + Generated.calm(seed + DOCUMENTS);
      var document = TaskText.parse(text);
      for (var i = 0; i < SAVES; i++) {
        text = changed(text, random);
        var bytes = text.getBytes(UTF_8);
        quick += Reread.of(document, bytes).isPresent() ? 1 : 0;
        document = document.reparse(bytes);

        assertThat(told(document))
            .as("seed %d save %d:\n%s", seed, i, text)
            .isEqualTo(told(TaskText.parse(text)));
      }
    }
    assertThat(quick).isGreaterThan(DOCUMENTS / 4);
  }

  @Test
  void soDoesOneWithEditsOfOurs() {
    for (var seed = 0L; seed < DOCUMENTS; seed++) {
      var random = new Random(seed);
      var document = TaskText.parse(Generated.calm(seed) + Generated.calm(seed + 1));
      var edits = new ArrayList<Edit>();
      for (var task : document.tasks()) {
        if (random.nextInt(3) == 0) {
          var failed = new Mark.Failed(Optional.of("adw_deadbeef"));
          edits.add(new Edit.Rewrite(task, failed, Optional.of("it broke: #epic {#x}")));
        }
      }

      var after = document.with(List.copyOf(edits));

      assertThat(told(after))
          .as("seed %d:\n%s", seed, TaskText.text(after))
          .isEqualTo(told(TaskText.parse(TaskText.text(after))));
    }
  }

  @Test
  void aReportThatTheJournalLearnsOfMeanwhileIsOne() {
    var ours = new ArrayList<String>();
    TailJudge journal = (_, _, tail) -> ours.contains(tail);
    var text = "[] one // two {#name}\n  [] three // four\n[] five\n";
    var before = TaskDocument.parse(text.getBytes(UTF_8), TaskText.WORDS, journal);
    ours.add("four");
    ours.add("two {#name}");

    var after = before.reparse((text + "[] six\n").getBytes(UTF_8));

    assertThat(before.tasks().getFirst().tail()).isEmpty();
    assertThat(after.tasks().getFirst().tail()).contains("two {#name}");
    assertThat(after.tasks()).hasSize(3);
  }

  @Test
  void theErrorNamesTheByteOfTheWholeFile() {
    var document = TaskText.parse("[] one\n[] two\n");
    var bytes = "[] one\n[] two\n[] \u00e9".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> document.reparse(bytes))
        .hasMessageStartingWith("byte 17 is not UTF-8");
  }

  /// Cuts out a piece, or puts in one, or both; lines are moved and doubled.
  private static String changed(String text, Random random) {
    var points = text.codePoints().toArray();
    var from = random.nextInt(points.length + 1);
    var length =
        random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(30, points.length - from) + 1);
    var piece =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> List.of("\n", "\r", " ", "#", "[] ", "x", "\t").get(random.nextInt(7));
          case 2 -> "\n" + Generated.calm(random.nextLong());
          default -> Generated.calm(random.nextLong()).lines().findFirst().orElse("");
        };
    return new String(points, 0, from)
        + piece
        + new String(points, from + length, points.length - from - length);
  }

  /// All that a document tells of itself.
  static List<String> told(TaskDocument document) {
    var all = new ArrayList<String>();
    all.add(TaskText.text(document));
    all.add("calm " + document.structure());
    for (var scope : document.scopes()) {
      all.add(scope.line() + " " + scope.endLine + " " + scope + " " + scope.fault());
      all.add("done " + scope.doneFrom + " " + scope.doneTo + " " + scope.tasks());
    }
    for (var task : document.tasks()) {
      all.add(task.index() + " " + task + " // " + task.tail() + task.settings() + task.tags());
      all.add(task.indent() + " " + task.start() + " " + task.end() + " " + task.open());
      all.add(task.title() + task.scope() + task.isParked() + task.isUnderDone() + task.isGroup());
      all.add(task.parent() + " " + task.children() + " " + task.body());
    }
    all.add(document.findings() + " " + document.isPaused() + document.hasConflictMarkers());
    return all;
  }
}
