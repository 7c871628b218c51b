package adw.task.file;

import static adw.LinearTime.assertGrowth;
import static adw.LinearTime.assertLinear;
import static org.assertj.core.api.Assertions.assertThat;

import adw.LinearTime;
import adw.task.DocumentEdits;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Saves and writes that change thousands of lines at once take linear time.
class BigSaveTest {
  private static final int LINES = 4_000;

  @TempDir Path folder;
  private int scenes;

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count)
        .mapToObj(i -> line.apply(i) + "\n")
        .collect(Collectors.joining());
  }

  private TaskFileScene scene(String text) throws Exception {
    return TaskFileScene.of(Files.createDirectory(folder.resolve("scene" + ++scenes)), text);
  }

  private static TaskFileScene ended(TaskFileScene scene, int count) throws Exception {
    var tasks = scene.read().document().tasks().subList(0, count);
    scene.edit(tasks.stream().map(BigSaveTest::done).toList());
    return scene;
  }

  private static Edit done(Task task) {
    var id = "adw_%08x".formatted(task.index());
    var done = new Mark.Done(Optional.of("1a2b3c4"), Optional.of(id));
    return new Edit.Rewrite(task, done, Optional.empty());
  }

  private static LinearTime.Work commands(TaskFileScene scene, int count) {
    return () -> assertThat(scene.commands()).hasSize(count);
  }

  @Test
  void everyLineIsAnotherOne() throws Exception {
    assertLinear(
        LINES,
        n -> {
          var scene = scene(lines(n, i -> "[] old" + i + " was" + i));
          scene.save(lines(n, i -> "[] new" + i + " is" + i));
          return commands(scene, 0);
        });
  }

  @Test
  void everyLineThatWeMarkedIsAnotherOne() throws Exception {
    assertLinear(
        LINES,
        n -> {
          var stays = lines(n, i -> "[] stays " + i);
          var scene = ended(scene(lines(n, i -> "[] job " + i) + stays), n);
          scene.save(lines(n, i -> "[] other" + i) + stays);
          return commands(scene, 0);
        });
  }

  @Test
  void everyLineIsCrossedOut() throws Exception {
    assertLinear(
        LINES,
        n -> {
          var scene = scene(lines(n, i -> "[] job " + i));
          scene.save(lines(n, i -> "[⊘] job " + i));
          return () ->
              assertThat(scene.commands())
                  .hasSize(n)
                  .startsWith("do not run job 0", "do not run job 1");
        });
  }

  @Test
  void everyEndedLineIsToRunAgain() throws Exception {
    assertLinear(
        LINES,
        n -> {
          var scene = ended(scene(lines(n, i -> "[] job " + i)), n);
          scene.save(lines(n, i -> "[retry] job " + i));
          return () ->
              assertThat(scene.commands())
                  .hasSize(n)
                  .startsWith("start over job 0 after adw_00000000");
        });
  }

  @Test
  void aLineIsAddedToManyThatMayHaveReports() throws Exception {
    assertLinear(
        LINES,
        n -> {
          var text = lines(n, i -> "[] job " + i) + lines(n, i -> "[] see // " + i);
          var scene = ended(scene(text), n);
          scene.save("[] new\n" + scene.text());
          return commands(scene, 0);
        });
  }

  @Test
  void manyLinesMoveToDoneWithTheirMarks() throws Exception {
    assertLinear(
        LINES,
        n -> {
          var document = TaskText.parse(lines(n, i -> "[] job " + i) + "## Done\n");
          var edits = document.tasks().stream().flatMap(BigSaveTest::moved).toList();
          var after = "## Done\n" + lines(n, i -> "[✅] job " + i);
          return () ->
              assertThat(TaskText.text(DocumentEdits.apply(document, edits))).isEqualTo(after);
        });
  }

  private static Stream<Edit> moved(Task task) {
    var done = new Mark.Done(Optional.empty(), Optional.empty());
    return Stream.of(new Edit.Rewrite(task, done, Optional.empty()), new Edit.MoveToDone(task));
  }

  @Test
  void manyLinesGoToABigArchive() throws Exception {
    assertLinear(
        LINES,
        n -> {
          var scene = ended(scene(lines(n, i -> "[] job " + i)), n);
          var archive = scene.file.resolveSibling("tasks.done.md");
          var before = lines(n, i -> "[✅ 1a2b3c4, adw_x" + i + "] " + "long ago ".repeat(50) + i);
          Files.writeString(archive, before);
          var after = before + scene.text();
          return () -> {
            scene.tasks.locked(BigSaveTest::archiveAll);
            assertThat(scene.text()).isEmpty();
            assertThat(archive).hasContent(after);
          };
        });
  }

  private static Object archiveAll(LockedTaskFile session)
      throws IOException, InterruptedException {
    var current = (FileReading.Current) session.read();
    return session.archive(List.copyOf(current.document().tasks()));
  }

  /// Few lines are compared each with each.
  @Test
  void linesOfOthersAreAddedInOneMoment() throws Exception {
    assertGrowth(6, 400, n -> () -> assertThat(distanceOfOthers(n)).isEqualTo(18 * n));
    assertLinear(LINES, n -> () -> assertThat(distanceOfOthers(n)).isEqualTo(18 * n));
  }

  private static int distanceOfOthers(int count) {
    var one = lines(count, i -> "[] a b c d e f g h" + i).lines().toList();
    var other = lines(count, i -> "[] r s t u v w x y" + i).lines().toList();
    return EditDistance.between(one, other);
  }
}
