package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Document;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
  @TempDir Path temp;

  @Test
  void theCheatSheetHoldsNoLineThatCouldRun() {
    var document = Document.parse(InitVerb.CHEAT_SHEET.getBytes(StandardCharsets.UTF_8));

    assertThat(document.tasks()).isEmpty();
    assertThat(document.findings()).isEmpty();
  }

  @Test
  void gitSeesNothingOfIt() throws Exception {
    var program = repository();

    var ended = program.run("init");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains(
            "wrote tasks.md",
            "git does not see /tasks.md /tasks.done.md /trees/ (.git/info/exclude)");
    assertThat(program.git("status", "--porcelain")).isEmpty();
    assertThat(program.run("status").out()).startsWith("tasks.md: no tasks yet\n");
  }

  @Test
  void aSecondTimeNothingIsChanged() throws Exception {
    var program = repository().write("tasks.md", "[] mine\n");
    program.run("init");
    var exclude = program.read(".git/info/exclude");

    var ended = program.run("init");

    assertThat(ended.out())
        .contains("tasks.md is there already")
        .doesNotContain("git does not see");
    assertThat(program.read("tasks.md")).isEqualTo("[] mine\n");
    assertThat(program.read(".git/info/exclude")).isEqualTo(exclude);
  }

  @Test
  void aTrackedFileStaysInSight() throws Exception {
    var program = repository().write("tasks.md", "[] mine\n");
    program.git("add", "tasks.md");

    program.run("init");

    assertThat(program.read(".git/info/exclude")).contains("/trees/").doesNotContain("tasks.md");
    assertThat(repository("other").run("init", "--tracked").out())
        .contains("git does not see /trees/ (");
  }

  @Test
  void whatTheRepositoryNeedsIsProposedWithReasons() throws Exception {
    var program =
        repository()
            .write("package.json", "{}")
            .write("package-lock.json", "{}")
            .write(".gitignore", ".env\nnode_modules\n")
            .write(".env", "KEY=1");

    assertThat(program.run("init").out())
        .contains("consider: [worktree] setup = [\"npm ci --prefer-offline\"] in adw.toml\n")
        .contains("a fresh worktree has none of what package-lock.json names")
        .contains("[worktree] dir = \"../{repo}.trees\" in adw.toml")
        .contains("a file .worktreeinclude with the line .env\n");
  }

  @Test
  void theDoctorNamesWhatIsThere() throws Exception {
    var ended = repository().run("doctor");

    assertThat(ended.out())
        .contains(
            "ok  java",
            "ok  git program",
            "ok  git identity  ada@example.org".replace("  ada", " ada"))
        .contains("ok  locks", "ok  clock");
    assertThat(ended.err()).isEmpty();
  }

  private Program repository() throws Exception {
    return repository("repo");
  }

  private Program repository(String name) throws Exception {
    return Program.in(Files.createDirectories(temp.resolve(name)).toRealPath()).repository();
  }
}
