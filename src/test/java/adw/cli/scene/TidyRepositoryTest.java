package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `adw` leaves in a repository is out of git's sight, and no more than was asked for.
class TidyRepositoryTest {
  private static final String SETTINGS =
      "[trigger]\nsettle = \"0s\"\n[worktree]\nfetch = false\nmin_free = \"1MB\"\n";

  @TempDir Path temp;
  private AdwProgram program;

  @BeforeEach
  void create() throws Exception {
    program =
        AdwProgram.in(Files.createDirectories(temp.resolve("repo")).toRealPath()).repository();
  }

  @Test
  void worktreesAreOutOfGitsSightAlsoWithoutInit() throws Exception {
    program.write("adw.toml", SETTINGS).write("tasks.md", "[] `echo hi > a.txt` #sh\n");
    program.git("add", "-A");
    program.git("commit", "-qm", "tasks");

    program.run("run", "--until-idle");

    assertThat(program.git("status", "--porcelain")).isEqualTo(" M tasks.md\n");
    assertThat(program.folder().resolve("trees")).isNotEmptyDirectory();
  }

  @Test
  void keepNeverLeavesNoWorktreeBehindAlsoWhenTheLoopEndsAtOnce() throws Exception {
    program
        .write("adw.toml", SETTINGS + "keep = \"never\"\n")
        .write("tasks.md", "[] `echo hi > a.txt` #sh\n[] `echo hi > b.txt; false` #sh\n");

    program.run("run", "--until-idle");

    assertThat(program.git("worktree", "list").lines()).hasSize(1);
    assertThat(program.folder().resolve("trees")).isEmptyDirectory();
    assertThat(program.git("branch", "--list", "task-*").lines()).hasSize(2);
  }

  @Test
  void keepNeverRemovesWhatAnEarlierLoopHasLeft() throws Exception {
    program.write("adw.toml", SETTINGS).write("tasks.md", "[] `echo hi > a.txt` #sh\n");
    program.run("run", "--until-idle");
    assertThat(program.git("worktree", "list").lines()).hasSize(2);
    program.write("adw.toml", SETTINGS + "keep = \"never\"\n");

    program.run("run", "--until-idle");

    assertThat(program.git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void initBelowTheTopSaysWhereItWrote() throws Exception {
    var below = Files.createDirectories(program.folder().resolve("projects/new"));

    var said = program.run("-C", below.toString(), "init").out();

    assertThat(said)
        .startsWith("wrote " + program.folder().resolve("tasks.md") + ", how to write tasks")
        .endsWith("next: write a task in " + program.folder() + "/tasks.md, then adw run\n");
  }
}
