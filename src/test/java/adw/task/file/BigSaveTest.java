package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;

import adw.task.CpuTime;
import adw.task.DocumentEdits;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.TaskText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Saves and writes that change thousands of lines at once take a moment, not minutes.
class BigSaveTest {
  private static final int LINES = Integer.getInteger("adw.lines", 10_000);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static String lines(IntFunction<String> line) {
    return IntStream.range(0, LINES)
        .mapToObj(i -> line.apply(i) + "\n")
        .collect(Collectors.joining());
  }

  private static void end(TaskFileScene scene, int count) throws Exception {
    var tasks = scene.read().document().tasks().subList(0, count);
    var edits =
        tasks.stream()
            .<Edit>map(task -> {
              var id = "adw_%08x".formatted(task.index());
              var done = new Mark.Done(Optional.of("1a2b3c4"), Optional.of(id));
              return new Edit.Rewrite(task, done, Optional.empty());
            })
            .toList();
    scene.edit(edits);
  }

  @Test
  void everyLineIsAnotherOne() throws Exception {
    var scene = TaskFileScene.of(folder, lines(i -> "[] old" + i + " was" + i));

    scene.save(lines(i -> "[] new" + i + " is" + i));

    CpuTime.within(LIMIT, scene::commands);
  }

  @Test
  void everyLineThatWeMarkedIsAnotherOne() throws Exception {
    var scene = TaskFileScene.of(folder, lines(i -> "[] job " + i) + lines(i -> "[] stays " + i));
    end(scene, LINES);

    scene.save(lines(i -> "[] other" + i) + lines(i -> "[] stays " + i));

    CpuTime.within(LIMIT, scene::commands);
  }

  @Test
  void everyLineIsCrossedOut() throws Exception {
    var scene = TaskFileScene.of(folder, lines(i -> "[] job " + i));

    scene.save(lines(i -> "[⊘] job " + i));

    assertThat(CpuTime.within(LIMIT, scene::commands))
        .hasSize(LINES)
        .startsWith("do not run job 0", "do not run job 1");
  }

  @Test
  void everyEndedLineIsToRunAgain() throws Exception {
    var scene = TaskFileScene.of(folder, lines(i -> "[] job " + i));
    end(scene, LINES);

    scene.save(lines(i -> "[retry] job " + i));

    assertThat(CpuTime.within(LIMIT, scene::commands))
        .hasSize(LINES)
        .startsWith("start over job 0 after adw_00000000");
  }

  @Test
  void aLineIsAddedToManyThatMayHaveReports() throws Exception {
    var scene = TaskFileScene.of(folder, lines(i -> "[] job " + i) + lines(i -> "[] see // " + i));
    end(scene, LINES);

    scene.save("[] new\n" + scene.text());

    CpuTime.within(LIMIT, scene::commands);
  }

  @Test
  void manyLinesMoveToDoneWithTheirMarks() throws Exception {
    var document = TaskText.parse(lines(i -> "[] job " + i) + "## Done\n");
    var done = new Mark.Done(Optional.empty(), Optional.empty());
    var edits =
        document.tasks().stream()
            .flatMap(task ->
                Stream.<Edit>of(
                    new Edit.Rewrite(task, done, Optional.empty()), new Edit.MoveToDone(task)))
            .toList();

    var after = CpuTime.within(LIMIT, () -> DocumentEdits.apply(document, edits));

    assertThat(TaskText.text(after)).isEqualTo("## Done\n" + lines(i -> "[✅] job " + i));
  }

  @Test
  void manyLinesGoToABigArchive() throws Exception {
    var archive = folder.resolve("tasks.done.md");
    var before = lines(i -> "[✅ 1a2b3c4, adw_x" + i + "] " + "long ago ".repeat(50) + i);
    Files.writeString(archive, before);
    var scene = TaskFileScene.of(folder, lines(i -> "[] job " + i));
    end(scene, LINES);
    var ended = scene.text();

    CpuTime.within(
        LIMIT,
        () ->
            scene.tasks.locked(session -> {
              var current = (FileReading.Current) session.read();
              return session.archive(List.copyOf(current.document().tasks()));
            }));

    assertThat(scene.text()).isEmpty();
    assertThat(archive).hasContent(before + ended);
  }

  @Test
  void manyLinesOfOthersAreAddedInOneMoment() throws Exception {
    var one = lines(i -> "[] a b c d e f g h" + i).lines().limit(1000).toList();
    var other = lines(i -> "[] r s t u v w x y" + i).lines().limit(1000).toList();

    assertThat(CpuTime.within(LIMIT, () -> EditDistance.between(one, other))).isEqualTo(18_000);
  }
}
