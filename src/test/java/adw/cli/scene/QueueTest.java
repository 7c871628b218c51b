package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import adw.cli.AdwProgram;
import adw.task.file.QueueOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository with two worktrees, each of which has a task file.
class QueueTest {
  private static final String SETTINGS =
      "[trigger]\nsettle = \"0s\"\n[worktree]\nfetch = false\nmin_free = \"1MB\"\n";

  @TempDir Path temp;
  private AdwProgram main;
  private AdwProgram linked;

  @BeforeEach
  void makeTwo() throws Exception {
    main = AdwProgram.in(Files.createDirectories(temp.resolve("main"))).repository();
    main.git("worktree", "add", "-q", "../linked", "-b", "linked");
    linked = AdwProgram.in(temp.resolve("linked"));
    for (var program : new AdwProgram[] {main, linked}) {
      program.write("adw.toml", SETTINGS);
    }
    main.write("tasks.md", "[] `echo a > a.txt` #sh\n");
    linked.write("tasks.md", "[] `echo b > b.txt` #sh\n");
  }

  @Test
  void theLinesOfTwoFilesAreNeverTakenForEachOther() throws Exception {
    assertThat(main.run("run", "--until-idle").code()).isZero();
    var ended = linked.run("run", "--until-idle");

    assertThat(ended.code()).isZero();
    assertThat(ended.err())
        .contains("the queue of this repository is " + linked.folder() + "/tasks.md now");
    assertThat(main.read("tasks.md")).startsWith("[✅ ").endsWith("] `echo a > a.txt` #sh\n");
    assertThat(linked.read("tasks.md")).startsWith("[✅ ").endsWith("] `echo b > b.txt` #sh\n");
    assertThat(main.git("branch", "--list", "task-*").lines()).hasSize(2);
  }

  @Test
  void whoComesBackFindsItsJournalAgain() throws Exception {
    main.run("run", "--until-idle");
    linked.run("run", "--until-idle");
    var done = main.read("tasks.md");
    main.write("tasks.md", done.replaceFirst("\\[.*?]", "[]")); // as a stale buffer would

    main.run("run", "--until-idle");

    assertThat(main.read("tasks.md")).contains(" // already done; to run it again write [retry]");
    assertThat(main.git("branch", "--list", "task-*").lines()).hasSize(2);
  }

  @Test
  void aQueueWithOpenRunsStaysTheQueue() throws Exception {
    main.write("tasks.md", "[] `exit 75` #sh\n[] `echo a > a.txt` #sh\n");
    main.run("run", "--until-idle");
    assertThat(main.read("tasks.md")).startsWith("[❓, ");

    var refused = linked.run("run", "--until-idle");

    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err())
        .startsWith("adw: " + linked.folder() + "/tasks.md: the queue of this repository is ")
        .contains(main.folder() + "/tasks.md", "runs not over: 1", "adw -C " + main.folder());
    assertThat(linked.read("tasks.md")).isEqualTo("[] `echo b > b.txt` #sh\n");
    assertThat(linked.run("status").err()).contains("nobody works on this");
    assertThat(linked.run("stop").out()).isEqualTo("nothing was running\n");
    assertThat(main.read("tasks.md")).as("it waits for a person").startsWith("[❓, ");
  }

  @Test
  void aWorktreeWithoutATaskFileMeansTheQueue() throws Exception {
    main.run("run", "--until-idle");
    Files.delete(linked.folder().resolve("tasks.md"));

    assertThat(linked.run("status").out()).startsWith("tasks.md: 1 done");
    assertThat(linked.run("add", "write more").code()).isZero();
    assertThat(main.read("tasks.md")).contains("[] write more");
  }

  @Test
  void aRepositoryThatIsMovedTakesItsQueueAlong() throws Exception {
    main.run("run", "--until-idle");
    var moved = Files.move(main.folder(), temp.resolve("moved"));

    assertThat(new QueueOwner(moved.resolve(".git/adw")).find())
        .contains(moved.resolve("tasks.md"));
    var ended = AdwProgram.in(moved).run("run", "--until-idle");
    assertThat(entry(ended.code(), ended.err())).isEqualTo(entry(0, ""));
  }
}
