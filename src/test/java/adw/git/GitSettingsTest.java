package adw.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.git.config.BaseSettings;
import adw.git.config.GitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// git's settings are read by git itself.
class GitSettingsTest {
  @TempDir Path temp;
  private GitSandbox sandbox;
  private Path home;

  @BeforeEach
  void open() throws Exception {
    sandbox = GitSandbox.create(temp);
    home = Path.of(sandbox.environment.get("HOME"));
    sandbox.git("config", "--unset", "user.name");
    sandbox.git("config", "--unset", "user.email");
  }

  @Test
  void theAuthorIsGitsOwnChoiceWhereAnIncludeHasACondition() throws Exception {
    person("work.inc", "Work");
    condition("gitdir:" + sandbox.top + "/");

    assertAuthor("Work");
  }

  @Test
  void theAuthorIsGitsOwnChoiceOnABranchThatAConditionNames() throws Exception {
    person("work.inc", "Branch");
    condition("onbranch:task-x");
    person(".gitconfig.other", "Other");
    sandbox.git("config", "include.path", home.resolve(".gitconfig.other").toString());
    sandbox.git("config", "--add", "includeIf.onbranch:task-x.path", home + "/work.inc");

    assertAuthor("Branch");
  }

  @Test
  void theAuthorIsGitsOwnChoiceOnItsCommandLine() throws Exception {
    sandbox.environment.put(
        "GIT_CONFIG_PARAMETERS", "'user.name'='Line' 'user.email'='line@example.org'");

    assertAuthor("Line");
  }

  @Test
  void theAuthorIsGitsOwnChoiceInTheEnvironment() throws Exception {
    sandbox.environment.putAll(
        Map.of(
            "GIT_CONFIG_COUNT", "2",
            "GIT_CONFIG_KEY_0", "user.name",
            "GIT_CONFIG_VALUE_0", "Counted",
            "GIT_CONFIG_KEY_1", "user.email",
            "GIT_CONFIG_VALUE_1", "counted@example.org"));

    assertAuthor("Counted");
  }

  @Test
  void theAuthorIsGitsOwnChoiceAmongTheSettingsOfOneWorktree() throws Exception {
    person(".gitconfig", "Global");
    sandbox.git("config", "extensions.worktreeConfig", "true");
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      sandbox.git(worktree.folder(), "config", "--worktree", "user.name", "Tree");

      assertThat(author(worktree)).startsWith("Tree <");
      assertThat(repository.findAuthor()).hasValue("Global <global@example.org>");
    }
  }

  @Test
  void aNameInLatin1IsReadAsGitReadsIt() throws Exception {
    var text = "[user]\n\tname = J\u00fcrgen\n\temail = j@example.org\n";
    Files.write(home.resolve(".gitconfig"), text.getBytes(ISO_8859_1));

    assertAuthor("Jürgen");
  }

  @Test
  void aSettingThatGitCannotReadIsToldWithItsFileAndLine() throws Exception {
    GitSandbox.write(home, ".gitconfig", "[user]\nname = A\n[broken\n");

    assertThatThrownBy(() -> sandbox.open().close())
        .isInstanceOf(GitException.class)
        .hasMessageContaining("config line 3 in file " + home.resolve(".gitconfig"));
  }

  @Test
  void settingsAreReadAgainWhenAFileOfTheirsChangesOrAppears() throws Exception {
    sandbox.git("config", "include.path", home.resolve("later.inc").toString());
    person(".gitconfig", "First");
    try (var repository = sandbox.open()) {
      assertThat(repository.findAuthor()).hasValue("First <first@example.org>");

      person("later.inc", "Later");

      assertThat(repository.findAuthor()).hasValue("Later <later@example.org>");
    }
  }

  @Test
  void aWorktreeIsMadeWithoutAProcessWhenNoSettingHasChanged() throws Exception {
    person(".gitconfig", "Ann");
    var calls = countCalls();
    try (var repository = sandbox.open()) {
      make(repository, "first");
      Files.delete(calls);

      make(repository, "second");

      assertThat(calls).doesNotExist();
    }
  }

  @Test
  void aFolderOnThePathThatIsNamedGitIsNotGit() throws Exception {
    person(".gitconfig", "Ann");
    var bin = Files.createDirectories(temp.resolve("bin").resolve("git")).resolveSibling("");
    sandbox.environment.merge("PATH", bin + ":", (path, folder) -> folder + path);
    sandbox.hook("pre-commit", "exit 0"); // which takes the program

    assertAuthor("Ann");
  }

  @Test
  void aRepositoryOfSomebodyElseIsRefusedUnlessGitIsToldThatItIsSafe() throws Exception {
    person(".gitconfig", "Ann");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    var nobody =
        temp.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(sandbox.top, nobody);

    assertThatThrownBy(() -> sandbox.open().close())
        .isInstanceOf(GitException.class)
        .hasMessageContaining("detected dubious ownership")
        .hasMessageEndingWith(
            "(cure: git config --global --add safe.directory " + sandbox.top + ")");

    sandbox.run(
        temp, "git", "config", "--global", "--add", "safe.directory", sandbox.top.toString());
    assertAuthor("Ann");
  }

  @Test
  void whatGitMayNotFindByTheRepositorysOwnFolderIsDoneFromTheFiles() throws Exception {
    person(".gitconfig", "Ann");
    sandbox.git("config", "--global", "safe.bareRepository", "explicit");
    sandbox.git("clone", "-q", ".", "../clone");
    var clone = sandbox.top.resolveSibling("clone");
    sandbox.git(clone, "sparse-checkout", "set", "--no-cone", "/a.txt");
    sandbox.git("commit", "-q", "--allow-empty", "-m", "later");
    try (var repository = Repository.open(clone, sandbox.world())) {
      var base = repository.findBase(BaseSettings.DEFAULT);
      var request = NewWorktree.fresh(temp.resolve("made"), "task-x", base.commit());

      assertThat(base.commit()).isEqualTo(sandbox.git("rev-parse", "main"));
      assertThat(repository.create(request)).isInstanceOf(CreateResult.Made.class);
    }
  }

  private void make(Repository repository, String name) throws Exception {
    var start = repository.findCommit("main").orElseThrow();
    var request = NewWorktree.fresh(sandbox.tree(name), "task-" + name, start);
    assertThat(repository.create(request)).isInstanceOf(CreateResult.Made.class);
  }

  private void condition(String condition) throws Exception {
    GitSandbox.write(home, ".gitconfig", "[includeIf \"" + condition + "\"]\n\tpath = work.inc\n");
  }

  private void person(String file, String name) throws Exception {
    var mail = name.toLowerCase(java.util.Locale.ROOT) + "@example.org";
    GitSandbox.write(home, file, "[user]\n\tname = " + name + "\n\temail = " + mail + "\n");
  }

  /// The same as git writes there.
  private void assertAuthor(String name) throws Exception {
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      var ours = author(worktree);
      sandbox.git(worktree.folder(), "commit", "-q", "--allow-empty", "-m", "git's");

      assertThat(ours).startsWith(name + " <").isEqualTo(lastAuthor(worktree));
    }
  }

  private String author(Worktree worktree) throws Exception {
    GitSandbox.write(worktree.folder(), "new.txt", "x\n");
    assertThat(worktree.commitAll(CommitRequest.of("ours", Set.of())))
        .isInstanceOf(CommitResult.Made.class);
    return lastAuthor(worktree);
  }

  private String lastAuthor(Worktree worktree) throws Exception {
    return sandbox.git(worktree.folder(), "log", "-1", "--format=%an <%ae>");
  }

  private Path countCalls() throws Exception {
    var real = sandbox.run(sandbox.top, "sh", "-c", "command -v git");
    var calls = temp.resolve("calls");
    var script =
        GitSandbox.write(
            temp,
            "bin/git",
            "#!/bin/sh\necho \"$*\" >> %s\nexec %s \"$@\"\n".formatted(calls, real));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    sandbox.environment.merge("PATH", script.getParent() + ":", (path, bin) -> bin + path);
    return calls;
  }
}
