package adw.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Markdown that people wrote for other purposes, taken from this machine
/// (`-Dadw.markdown=FOLDER`): with tasks put in at generated places, an edit changes its marker and
/// nothing else.
class RealFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("adw.markdown", "/usr/lib/node_modules"));
  private static final int MOST = 400;
  private static final long LARGEST = 200_000;

  @Test
  void editsOfRealFilesChangeTheirMarkersAlone() throws IOException {
    var files = files();
    assumeThat(files).as("Markdown files below " + FOLDER).isNotEmpty();
    var seed = Long.getLong("adw.seed", System.nanoTime());
    var random = new Random(seed);
    var edited = 0;
    for (var file : files) {
      edited +=
          assertLossless(withTasks(Files.readAllBytes(file), random), file + ", seed " + seed);
    }
    assertThat(edited).as("tasks found in %s files", files.size()).isPositive();
  }

  private static List<Path> files() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return List.of();
    }
    try (var all = Files.walk(FOLDER)) {
      return all.filter(file -> file.toString().endsWith(".md"))
          .filter(RealFilesTest::isUsable)
          .sorted()
          .limit(MOST)
          .toList();
    }
  }

  private static boolean isUsable(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) < LARGEST
          && isUtf8(Files.readAllBytes(file));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
  }

  private static byte[] withTasks(byte[] bytes, Random random) {
    var lines =
        new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("(?<=\n)")));
    for (var i = 0; i < 5; i++) {
      var bullet = random.nextBoolean() ? "" : "- ";
      lines.add(random.nextInt(lines.size() + 1), bullet + "[] generated task " + i + "\n");
    }
    return String.join("", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static int assertLossless(byte[] bytes, String where) {
    var document = TaskDocument.parse(bytes);
    assertThat(document.bytes()).as(where).isEqualTo(bytes);
    var edited = 0;
    for (var task : document.tasks()) {
      if (task.mark() instanceof Mark.Pending && task.text().startsWith("generated task")) {
        assertOnlyTheMarkerChanged(document, task, where);
        edited++;
      }
    }
    return edited;
  }

  private static void assertOnlyTheMarkerChanged(TaskDocument document, Task task, String where) {
    var running = new Mark.Running("adw_00000001");
    var after =
        DocumentEdits.apply(document, List.of(new Edit.Rewrite(task, running, Optional.empty())));
    var before = new String(document.bytes(), StandardCharsets.UTF_8).split("\n", -1);
    var now = new String(after.bytes(), StandardCharsets.UTF_8).split("\n", -1);
    assertThat(now).as(where).hasSameSizeAs(before);
    for (var i = 0; i < before.length; i++) {
      var expected =
          i == task.line() - 1 ? before[i].replaceFirst("\\[ ?]", "[🟡, adw_00000001]") : before[i];
      assertThat(now[i]).as(where + ":" + (i + 1)).isEqualTo(expected);
    }
    assertThat(after.findById("adw_00000001")).as(where).isPresent();
  }
}
