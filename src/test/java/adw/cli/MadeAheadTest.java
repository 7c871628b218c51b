package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.os.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people are told of worktrees that are made ahead of their tasks, and how they get rid of
/// them.
class MadeAheadTest {
  private static final String ID = "adw_0000aaaa";

  @TempDir Path temp;
  private AdwProgram program;
  private Path worktree;

  @BeforeEach
  void create() throws Exception {
    program =
        AdwProgram.in(Files.createDirectories(temp.resolve("repo")).toRealPath()).repository();
    program.write("tasks.md", "# Tasks\n").write("README.md", "hello\n");
    program.git("add", "README.md");
    program.git("commit", "-qm", "first");
    worktree = program.folder().resolve("trees").resolve(ID);
  }

  private static ProcessIdentity dead() {
    var self = ProcessIdentity.self();
    return new ProcessIdentity(1L << 30, 1, self.boot(), self.pidNamespace(), self.host());
  }

  /// As a daemon leaves one that is killed.
  private void leaveOne(String folder) throws Exception {
    program.git("worktree", "add", "-q", "--detach", "trees/" + ID);
    program.write(".git/worktrees/" + ID + "/locked", "initializing " + dead() + "\n");
    var tree = program.git("rev-parse", "HEAD^{tree}").strip();
    program.write(
        ".git/adw/ready/" + ID,
        """
        {"maker": "%s", "worktree": "%s", "commit": "%s", "tree": "%s"}
        """
            .formatted(dead(), folder, program.git("rev-parse", "HEAD").strip(), tree));
    program.write(".git/adw/ports/9100", ID);
  }

  @Test
  void cleanRemovesWhatAKilledDaemonHadMadeAhead() throws Exception {
    leaveOne(worktree.toString());

    assertThat(program.run("clean").out())
        .contains("removed " + worktree + " (made ahead, never used)\n");

    assertThat(worktree).doesNotExist();
    assertThat(program.git("worktree", "list").lines()).hasSize(1);
    assertThat(program.folder().resolve(".git/adw/ready")).isEmptyDirectory();
    assertThat(program.folder().resolve(".git/adw/ports")).isEmptyDirectory();
  }

  @Test
  void cleanLeavesOneThatSomebodyHasWorkedIn() throws Exception {
    leaveOne(worktree.toString());
    Files.writeString(worktree.resolve("README.md"), "work\n");

    assertThat(program.run("clean").out())
        .contains("left " + worktree + " was made ahead, and somebody has changed it: it stays");

    assertThat(worktree.resolve("README.md")).hasContent("work");
    assertThat(program.folder().resolve(".git/adw/ready")).isEmptyDirectory();
    program.git("worktree", "remove", "--force", "trees/" + ID);
  }

  /// Whatever a damaged record says.
  @Test
  void nothingIsRemovedButAFolderThatIsNamedAsItsRun() throws Exception {
    var other = Files.createDirectories(temp.resolve("other"));
    Files.writeString(other.resolve("file"), "precious\n");
    leaveOne(other.toString());

    program.run("clean");

    assertThat(other.resolve("file")).hasContent("precious\n");
    assertThat(worktree).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ready = 0 | none is made ahead: [worktree] ready = 0",
        "setup = ['npm ci'] | set-up is done in it before a task wants it",
        "setup = ['echo $ADW_TASK'] | set-up waits for the task: it uses $ADW_TASK, which only a",
        "setup_ahead = false | set-up waits for the task: setup_ahead = false"
      })
  void doctorSaysWhatIsMadeAhead(String setting, String words) throws Exception {
    program.write("adw.toml", "[worktree]\n" + setting + "\n");

    assertThat(program.run("doctor").out()).contains(words);
  }

  @Test
  void doctorSaysThatASandboxKeepsSetUpInTheRun() throws Exception {
    program.write("adw.toml", "[agent]\nsandbox = \"bwrap\"\n");

    assertThat(program.run("doctor").out()).contains("set-up waits for the task: its sandbox");
  }

  @Test
  void doctorSaysWhyADaemonMakesNoneAnyMore() throws Exception {
    program.write(
        ".git/adw/ahead.json",
        "{\"maker\": \"" + ProcessIdentity.self() + "\", \"why\": \"set-up left a process\"}\n");

    assertThat(program.run("doctor").out()).contains("set-up left a process");
  }
}
