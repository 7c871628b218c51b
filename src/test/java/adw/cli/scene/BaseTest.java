package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.cli.AdwProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where runs start, with a remote: a base is there, is fetched, or holds its tasks.
class BaseTest {
  private static final String BLOCK = "\n\n    ```sh\n    echo hi > a.txt\n    ```\n";

  @TempDir Path temp;
  private AdwProgram remote;
  private AdwProgram clone;

  @BeforeEach
  void create() throws Exception {
    remote = AdwProgram.in(folder("remote")).repository();
    clone = AdwProgram.in(folder("clone"));
    clone.git("clone", "-q", "../remote", ".");
    clone
        .write(".git/info/exclude", "/tasks.md\n/adw.toml\n/trees/\n")
        .write("adw.toml", "[trigger]\nsettle = \"0s\"\n[worktree]\nmin_free = \"1MB\"\n");
  }

  private Path folder(String name) throws Exception {
    return Files.createDirectories(temp.resolve(name)).toRealPath();
  }

  @Test
  void aBaseThatOnlyTheRemoteHasIsFetchedBeforeItsTaskIsClaimed() throws Exception {
    remote.git("checkout", "-q", "-b", "dev");
    remote.git("commit", "-q", "--allow-empty", "-m", "theirs");
    clone.write("tasks.md", "[] one #sh {base=dev}" + BLOCK);

    clone.run("run", "--until-idle");

    assertThat(clone.read("tasks.md")).startsWith("[✅ ");
    assertThat(start()).isEqualTo(remote.git("rev-parse", "dev"));
  }

  @Test
  void aBaseThatNobodyHasHoldsItsTasksAndNoOthers() throws Exception {
    clone.write("tasks.md", "[] one #sh {base=dve}" + BLOCK + "[] two #sh" + BLOCK);

    clone.run("run", "--until-idle");

    assertThat(clone.read("tasks.md")).startsWith("[] one").contains("[✅ ");
    var checked = clone.run("check");
    assertThat(checked.code()).isEqualTo(5);
    assertThat(checked.out())
        .startsWith("tasks.md:1: there is no branch or commit 'dve' here; not fetched: ")
        .contains("(git branch -a names the branches)");
  }

  @Test
  void aBaseThatIsRenamedWhileTheLoopRunsHoldsTasksWithTheTrueCure() throws Exception {
    var alone = AdwProgram.in(folder("alone")).repository();
    alone
        .write(".git/info/exclude", "/tasks.md\n/adw.toml\n/trees/\n")
        .write("adw.toml", clone.read("adw.toml"))
        .write("tasks.md", "[] one #approve\n");
    var loop = alone.start("run", "--yes");
    try {
      await().until(() -> alone.read("tasks.md").startsWith("[❓"));
      alone.git("branch", "-m", "main", "trunk");
      alone.write("tasks.md", alone.read("tasks.md") + "[] two #sh" + BLOCK);

      await()
          .untilAsserted(() ->
              assertThat(alone.run("status").out())
                  .contains("the base branch main was renamed or deleted while adw run worked")
                  .contains("start adw run again, or set [worktree] base"));
      assertThat(alone.read("tasks.md")).contains("\n[] two");
    } finally {
      loop.destroy();
      loop.waitFor();
    }
  }

  private String start() throws Exception {
    return clone.git("rev-parse", branch() + "^");
  }

  private String branch() throws Exception {
    return clone.git("for-each-ref", "--format=%(refname)", "refs/heads/task-*").strip();
  }
}
