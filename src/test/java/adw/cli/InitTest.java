package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.command.InitCommand;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.RoleFolders;
import adw.task.DocumentFindings;
import adw.task.TaskDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
  @TempDir Path temp;

  @Test
  void theCheatSheetHoldsNoLineThatCouldRun() {
    var document = TaskDocument.parse(InitCommand.CHEAT_SHEET.getBytes(StandardCharsets.UTF_8));

    assertThat(document.tasks()).isEmpty();
    assertThat(DocumentFindings.of(document)).isEmpty();
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
  void theBuiltInWorkflowsAndTheirPromptsAreCopiedToBeEdited() throws Exception {
    var program = repository().write("adws/agents/planner.md", "mine\n");

    var ended = program.run("init", "--workflows");

    assertThat(ended.out())
        .contains(
            "wrote adws/adw_build.json",
            "wrote adws/adw_plan_implement.json",
            "wrote adws/agents/executor-code.md",
            "wrote adws/agents/reviewer.md",
            "adws/agents/planner.md is there already: left as it is");
    assertThat(program.read("adws/agents/planner.md")).isEqualTo("mine\n");
    program.write("adws/agents/planner.md", RoleFolders.builtInText("planner"));
    for (var name : FlowFolders.BUILT_IN) {
      assertThat(program.read("adws/" + name + ".json")).isEqualTo(FlowFolders.builtInText(name));
      assertThat(program.run("flow", "verify", name).code()).as(name).isZero();
    }
    assertThat(program.run("init", "--workflows").out()).doesNotContain("wrote");
  }

  @Test
  void aWorkflowOfThatNameInAnotherLanguageIsNotDoubled() throws Exception {
    var program = repository().write("adws/adw_build.sh", "#!/bin/sh\n");

    program.run("init", "--workflows");

    assertThat(program.folder().resolve("adws/adw_build.json")).doesNotExist();
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
        .contains("ok  java", "ok  git program", "ok  git identity    Ada <ada@example.org>")
        .contains("ok  locks", "ok  clock");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void theDoctorTellsTheAuthorThatGitChooses() throws Exception {
    var program = repository();
    var home = program.folder().resolveSibling("repo.home");
    Files.writeString(
        home.resolve(".gitconfig"),
        "[includeIf \"gitdir:%s/\"]\n\tpath = work\n".formatted(program.folder()),
        StandardOpenOption.APPEND);
    Files.writeString(home.resolve("work"), "[user]\n\tname = Grace\n");

    assertThat(program.run("doctor").out()).contains("git identity    Grace <ada@example.org>");
    program.with("GIT_AUTHOR_EMAIL", "grace@navy.example.org");
    assertThat(program.run("doctor").out())
        .contains("git identity    Grace <grace@navy.example.org>");
  }

  @Test
  void theDoctorKnowsTheAgentsOfTheSettingsAndWhatIsLeftOver() throws Exception {
    var program =
        repository()
            .write("adw.toml", "[agents.mine]\nargv = [\"sh\", \"-c\", \"cat\"]\n")
            .write("tasks.md", "[] a #adw_nothing\n")
            .write(".git/index.lock", "");

    assertThat(program.run("doctor").out())
        .contains("ok  agents", "mine")
        .contains("index.lock: git is at work, or has died (none runs? rm it)")
        .contains("no  tasks           1 to mend in tasks and flows (adw check tells them)");

    program.write("adw.toml", "[agents.mine]\nargv = [\"no-such-agent\"]\n");
    assertThat(program.run("doctor").out())
        .contains("no  agents          mine, the default, is not installed (");
  }

  private AdwProgram repository() throws Exception {
    return repository("repo");
  }

  private AdwProgram repository(String name) throws Exception {
    return AdwProgram.in(Files.createDirectories(temp.resolve(name)).toRealPath()).repository();
  }
}
