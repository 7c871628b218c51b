package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;

import adw.os.process.Command;
import adw.task.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tracked file with 3 running and 50 ended tasks, and real git that writes it: nothing starts,
/// nothing ends.
class GitIsNoPersonTest {
  private static final int TASKS = 60;

  @TempDir Path folder;
  private Path repository;
  private TaskFileScene scene;
  private String marked = "";

  @BeforeEach
  void fiftyEndedAndThreeRunning() throws Exception {
    repository = Files.createDirectory(folder.resolve("repository"));
    git("init", "-q", "-b", "main");
    var text =
        IntStream.range(0, TASKS)
            .mapToObj(i -> "[] task " + i + "\n")
            .collect(Collectors.joining());
    Files.writeString(repository.resolve("tasks.md"), "[] older\n");
    git("add", ".");
    git("commit", "-qm", "older");
    git("branch", "other");
    scene = TaskFileScene.of(repository, text, WriteStep.NONE, new Program());
    Files.writeString(repository.resolve(".gitignore"), "state\n");
    git("add", ".");
    git("commit", "-qm", "tasks");
    for (var i = 0; i < 53; i++) {
      scene.claim("task " + i, id(i));
    }
    for (var i = 0; i < 50; i++) {
      scene.done(id(i), "1a2b3c4");
    }
    marked = scene.text();
  }

  private static String id(int number) {
    return String.format(Locale.ROOT, "adw_%08x", number);
  }

  @Test
  void checkoutOfTheFileAndBackAgain() throws Exception {
    git("checkout", "-q", "--", "tasks.md");
    assertNothingStartsOrEnds();

    scene.save(marked);
    assertThat(scene.read().withheld()).isEmpty();
    assertThat(scene.text()).isEqualTo(marked);
  }

  @Test
  void stashAndPop() throws Exception {
    git("stash", "-q");
    assertNothingStartsOrEnds();

    git("stash", "pop", "-q");
    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(marked);
    assertThat(scene.read().withheld()).isEmpty();
  }

  @Test
  void resetToAnOlderCommit() throws Exception {
    git("reset", "-q", "--hard", "HEAD~1");
    assertNothingStartsOrEnds();
  }

  @Test
  void switchAndBack() throws Exception {
    git("stash", "-q");
    scene.read();
    git("switch", "-q", "other");
    assertNothingStartsOrEnds();
    git("switch", "-q", "main");
    assertNothingStartsOrEnds();
    git("stash", "pop", "-q");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(marked);
  }

  @Test
  void mergeThatConflicts() throws Exception {
    git("stash", "-q");
    git("switch", "-q", "other");
    Files.writeString(repository.resolve("tasks.md"), "[] theirs\n");
    git("commit", "-qam", "theirs");
    git("switch", "-q", "main");
    git("merge", "-q", "other");

    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
    git("merge", "--abort");
    git("stash", "pop", "-q");
    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(marked);
  }

  private void assertNothingStartsOrEnds() throws Exception {
    var before = scene.text();
    var reading = scene.read();
    assertThat(reading.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(before);
    for (var task : reading.document().tasks()) {
      var wasRun = IntStream.range(0, 53).anyMatch(i -> task.text().equals("task " + i));
      if (wasRun && task.mark() instanceof Mark.Pending) {
        assertThat(reading.holds()).as(task.text()).containsKey(task.line());
      }
    }
  }

  private String git(String... words) throws IOException, InterruptedException {
    return run(Optional.empty(), words);
  }

  private String run(Optional<byte[]> input, String... words)
      throws IOException, InterruptedException {
    var argv = new java.util.ArrayList<>(List.of("/usr/bin/git"));
    argv.addAll(List.of(words));
    var variables = new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
    for (var who : List.of("AUTHOR", "COMMITTER")) {
      variables.put("GIT_" + who + "_NAME", "T");
      variables.put("GIT_" + who + "_EMAIL", "t@example.org");
    }
    var limit = Duration.ofMinutes(3);
    return new Command(argv, repository, variables, limit, input.orElse(new byte[0]))
        .run()
        .outText()
        .strip();
  }

  /// Asks the git program.
  private final class Program implements GitView {
    @Override
    public boolean isTracked() {
      return !ask("ls-files", "tasks.md").isEmpty();
    }

    @Override
    public String position() {
      return ask("rev-parse", "HEAD") + ask("ls-files", "-s", "tasks.md");
    }

    @Override
    public boolean isWriting() {
      return Files.exists(repository.resolve(".git/index.lock"));
    }

    @Override
    public boolean isMerging() {
      return Files.exists(repository.resolve(".git/MERGE_HEAD"));
    }

    @Override
    public boolean isStored(byte[] bytes) {
      var blob = askWith(Optional.of(bytes), "hash-object", "--stdin");
      return List.of("HEAD:tasks.md", ":tasks.md", "stash@{0}:tasks.md").stream()
          .anyMatch(name -> ask("rev-parse", "-q", "--verify", name).equals(blob));
    }

    @Override
    public boolean isHome() {
      return ask("symbolic-ref", "--short", "HEAD").equals("main");
    }

    private String ask(String... words) {
      return askWith(Optional.empty(), words);
    }

    private String askWith(Optional<byte[]> input, String... words) {
      try {
        return run(input, words);
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
