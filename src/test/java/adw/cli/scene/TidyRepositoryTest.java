package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import adw.os.OtherUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `adw` leaves in a repository is out of git's sight, and no more than was asked for.
class TidyRepositoryTest {
  private static final String SETTINGS =
      "[trigger]\nsettle = \"0s\"\n[worktree]\nfetch = false\nmin_free = \"1MB\"\n";

  @TempDir Path temp;
  private AdwProgram program;

  @BeforeEach
  void create() throws Exception {
    temp.toFile().setExecutable(true, false); // for another user, too
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

  /// A repository with a commit of its own, in a folder that git overlooks.
  @Test
  void whateverRemovesWorktreesLeavesAndNamesOneWithWorkThatIsSavedNowhere() throws Exception {
    program
        .write("adw.toml", SETTINGS + "keep = \"never\"\n")
        .write(".gitignore", "build/\n")
        .write(
            "adws/nest.sh",
            """
            #!/bin/sh
            echo hi > a.txt
            git init -q build/in
            cd build/in
            echo x > x
            git add x
            git commit -qm x
            """)
        .write("tasks.md", "[] Nest #nest\n");
    program.git("add", ".gitignore");
    program.git("commit", "-qm", "lists");

    var ran = program.run("run", "--until-idle");
    var tree =
        Path.of(
            program
                .git("worktree", "list")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split(" ")[0]);
    program.git("merge", "-q", program.git("branch", "--list", "task-*").replace("+", "").strip());
    var cleaned = program.run("clean");
    var reset = program.run("reset", "--yes");

    assertThat(tree.resolve("build/in/x")).exists();
    for (var ended : List.of(ran, cleaned, reset)) {
      assertThat(ended.out() + ended.err()).contains(tree.toString(), "build/in");
    }
  }

  @Test
  void initBelowTheTopSaysWhereItWrote() throws Exception {
    var below = Files.createDirectories(program.folder().resolve("projects/new"));

    var said = program.run("-C", below.toString(), "init").out();

    assertThat(said)
        .startsWith("wrote " + program.folder().resolve("tasks.md") + ", how to write tasks")
        .endsWith("next: write a task in " + program.folder() + "/tasks.md, then adw run\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "tasks", "flow runs", "add x", "stop", "doctor", "run --once"})
  void theStateOfAnotherUserIsToldWithTheCureByEachCommand(String words) throws Exception {
    program.write("adw.toml", SETTINGS).write("tasks.md", "[] `true` #sh\n").run("add", "one");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
        .isEqualTo("rwx------");
    try (var _ = OtherUser.become()) {
      var ended = program.run(words.split(" "));

      assertThat(ended.code()).isEqualTo(4);
      assertThat(ended.err())
          .isEqualTo(
              "adw: %s belongs to root, who alone may look into it (run adw as that user)\n"
                  .formatted(state()));
    }
  }

  private Path state() {
    return program.folder().resolve(".git/adw");
  }
}
