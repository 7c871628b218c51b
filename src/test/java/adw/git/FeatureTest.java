package adw.git;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitEnvironment;
import adw.git.config.GitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What git can do and JGit, or we, cannot: it is seen, and git does it. Each worktree is compared
/// with one that git made.
class FeatureTest {
  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  private void commit() throws Exception {
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "more");
  }

  /// Our worktree is as git's, a change in it is committed, and nothing else is.
  private void assertFaithful() throws Exception {
    sandbox.git("worktree", "add", "-q", "-b", "theirs", "trees/theirs", "main");
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "ours");
      assertThat(DifferentialTest.snapshot(ours.folder()))
          .isEqualTo(DifferentialTest.snapshot(sandbox.tree("theirs")));
      assertThat(ours.status()).isEmpty();
      assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
      GitSandbox.write(ours.folder(), "a.txt", "changed\n");
      assertThat(ours.commitAll(CommitRequest.of("change", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
      assertThat(sandbox.git("diff", "--name-status", "main", "task-ours")).isEqualTo("M\ta.txt");
      assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
      assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
    }
  }

  private void assertByGit(String reason) throws Exception {
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons()).anyMatch(each -> each.contains(reason));
    }
    assertFaithful();
  }

  private void assertOwn() throws Exception {
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons()).isEmpty();
    }
    assertFaithful();
  }

  @Test
  void aSparseCheckoutStaysSparse() throws Exception {
    sandbox.git("sparse-checkout", "set", "--no-cone", "/a.txt");
    assertByGit("sparsecheckout");
  }

  @Test
  void anUnknownExtensionIsRefusedAsGitRefusesIt() throws Exception {
    sandbox.git("config", "core.repositoryformatversion", "1");
    sandbox.git("config", "extensions.novelty", "true");

    assertThatThrownBy(() -> sandbox.open().close())
        .isInstanceOf(GitException.class)
        .hasMessageContaining("novelty");
  }

  @Test
  void settingsOfOneWorktreeHold() throws Exception {
    sandbox.git("config", "extensions.worktreeConfig", "true");
    sandbox.git("config", "--worktree", "user.email", "tree@example.org");
    assertByGit("config.worktree");
  }

  @Test
  void aConditionalIncludeIsJudgedByGit() throws Exception {
    var home = Path.of(sandbox.environment.get("HOME"));
    GitSandbox.write(home, "work.inc", "[core]\n\tautocrlf = true\n");
    GitSandbox.write(
        home, ".gitconfig", "[includeIf \"gitdir:" + sandbox.top + "/\"]\n\tpath = work.inc\n");
    assertOwn();
  }

  @Test
  void pointersToLargeFilesAreGitsToFill() throws Exception {
    sandbox.git("config", "filter.lfs.smudge", "sed s/pointer/content/");
    sandbox.git("config", "filter.lfs.clean", "sed s/content/pointer/");
    sandbox.git("config", "filter.lfs.required", "true");
    sandbox.write(".gitattributes", "*.psd filter=lfs diff=lfs merge=lfs -text\n");
    sandbox.write("x.psd", "content\n");
    commit();
    assertThat(sandbox.git("cat-file", "blob", "main:x.psd")).isEqualTo("pointer");
    assertFaithful();
    assertThat(sandbox.tree("ours").resolve("x.psd")).hasContent("content\n");
  }

  @Test
  void aPartialCloneFetchesWhatItLacksByGit() throws Exception {
    sandbox.git("config", "uploadpack.allowFilter", "true");
    sandbox.git("config", "uploadpack.allowAnySHA1InWant", "true");
    sandbox.git(
        "clone", "-q", "--no-checkout", "--filter=blob:none", "file://" + sandbox.top, "../part");
    var part = sandbox.top.resolveSibling("part");
    try (var repository = Repository.open(part, sandbox.world())) {
      assertThat(repository.fitness().reasons()).isNotEmpty();
      var start = repository.findCommit("HEAD").orElseThrow();
      var folder = sandbox.folder.resolve("of-part");
      var made = repository.create(NewWorktree.fresh(folder, "x", start));
      assertThat(((CreateResult.Made) made).worktree().status()).isEmpty();
      assertThat(folder.resolve("sub/b.txt")).hasContent("two\n");
    }
  }

  @Test
  void aRepositoryThatWantsNoReflogsGetsNone() throws Exception {
    sandbox.git("config", "core.logAllRefUpdates", "false");
    assertByGit("logallrefupdates");
    assertThat(sandbox.top.resolve(".git/logs/refs/heads/task-ours")).doesNotExist();
    assertThat(sandbox.top.resolve(".git/worktrees/ours/logs/HEAD")).doesNotExist();
  }

  @Test
  void settingsForWindowsAreOfNoInterestElsewhere() throws Exception {
    sandbox.git("config", "core.longPaths", "true");
    sandbox.git("config", "core.fscache", "true");
    assertOwn();
  }

  /// Ids of another length, refs in another form: neither is ever read as if it were the usual.
  @ParameterizedTest
  @ValueSource(strings = {"objectFormat=sha256", "refStorage=reftable"})
  void anotherFormatIsRefusedAndNothingIsWritten(String format) throws Exception {
    var config = sandbox.top.resolve(".git/config");
    Files.writeString(
        config,
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\t" + format.replace("=", " = "),
        StandardOpenOption.APPEND);
    var before = DifferentialTest.snapshot(sandbox.top.resolve(".git"));

    assertThatThrownBy(() -> sandbox.open().close())
        .isInstanceOf(GitException.class)
        .hasMessageContaining(format.toLowerCase(Locale.ROOT).replaceFirst("=.*", ""));

    assertThat(DifferentialTest.snapshot(sandbox.top.resolve(".git"))).isEqualTo(before);
  }

  @Test
  void aRepositoryWithLongIdsIsRefused() throws Exception {
    var other = sandbox.folder.resolve("other");
    sandbox.git("init", "-q", "--object-format=sha256", other.toString());

    assertThatThrownBy(() -> Repository.open(other, sandbox.world()).close())
        .hasMessageContaining("extensions.objectformat = sha256 (cure: one with sha1)");
  }

  @Test
  void submodulesStayGitlinks() throws Exception {
    sandbox.git(
        "-c", "protocol.file.allow=always", "clone", "-q", sandbox.top.toString(), "sub/module");
    sandbox.git("add", "sub/module");
    sandbox.git("commit", "-q", "-m", "sub");
    assertFaithful();
    assertThat(sandbox.git("ls-tree", "task-ours", "sub/module")).startsWith("160000 commit");
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons()).containsExactly("submodules");
    }
  }

  @Test
  void filtersRun() throws Exception {
    sandbox.git("config", "filter.up.smudge", "tr a-z A-Z");
    sandbox.git("config", "filter.up.clean", "tr A-Z a-z");
    sandbox.write(".gitattributes", "*.up filter=up\n");
    sandbox.write("x.up", "text\n");
    commit();
    assertFaithful();
    assertThat(sandbox.tree("ours").resolve("x.up")).hasContent("TEXT\n");
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons())
          .containsExactly("the attribute filter (.gitattributes)");
    }
  }

  @Test
  void identAndEncodingsAreOursAsGits() throws Exception {
    sandbox.write(".gitattributes", "*.id ident\n*.u16 text working-tree-encoding=UTF-16LE\n");
    sandbox.write("x.id", "$Id$\n");
    Files.write(sandbox.top.resolve("x.u16"), "hi ü\n".getBytes(UTF_16LE));
    commit();
    assertOwn();
    var id = sandbox.git("rev-parse", "main:x.id");
    assertThat(sandbox.tree("ours").resolve("x.id")).hasContent("$Id: " + id + " $\n");
    assertThat(sandbox.git("show", "task-ours:x.u16")).isEqualTo("hi ü");
    assertCleansAsGit("x.id", "more\n$Id: anything $\n".getBytes(UTF_8));
    assertCleansAsGit("x.u16", "other ü\n".getBytes(UTF_16LE));
  }

  /// The file becomes the same blob through us and through git.
  private void assertCleansAsGit(String file, byte[] content) throws Exception {
    try (var repository = sandbox.open()) {
      for (var name : List.of("ours", "theirs")) {
        Files.write(sandbox.tree(name).resolve(file), content);
      }
      var ours = repository.worktree(sandbox.tree("ours"), "task-ours");
      assertThat(ours.status()).containsExactly(new Change(file, Change.Kind.CHANGED));
      assertThat(ours.commitAll(CommitRequest.of("m", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
      assertThat(ours.status()).isEmpty();
    }
    sandbox.git(sandbox.tree("theirs"), "commit", "-q", "-a", "-m", "m");
    assertThat(sandbox.git("rev-parse", "task-ours:" + file))
        .isEqualTo(sandbox.git("rev-parse", "theirs:" + file));
    assertThat(sandbox.git(sandbox.tree("ours"), "status", "--porcelain")).isEmpty();
  }

  @Test
  void anEncodingThatTheCLibraryDecidesIsGits() throws Exception {
    sandbox.write(".gitattributes", "*.u16 working-tree-encoding=UTF-16\n");
    Files.write(sandbox.top.resolve("x.u16"), "hi".getBytes(UTF_16));
    commit();
    assertFaithful();
    assertByGitLater("the attribute working-tree-encoding=UTF-16");
  }

  /// What only a look into the tree can tell.
  private void assertByGitLater(String reason) throws Exception {
    try (var repository = sandbox.open()) {
      assertThat(repository.fitness().reasons()).anyMatch(why -> why.contains(reason));
    }
  }

  @Test
  void lineEndsAreOursAsGits() throws Exception {
    sandbox.git("config", "core.autocrlf", "true");
    sandbox.write(".gitattributes", "*.sh eol=lf\n*.bat text eol=crlf\n");
    sandbox.write("x.sh", "a\n");
    sandbox.write("x.bat", "a\nb\n");
    commit();
    assertOwn();
    assertThat(Files.readString(sandbox.tree("ours").resolve("x.bat"))).isEqualTo("a\r\nb\r\n");
  }

  @Test
  void aSplitIndexIsReadByGit() throws Exception {
    sandbox.git("config", "core.splitIndex", "true");
    sandbox.git("update-index", "--split-index");
    assertByGit("splitindex");
  }

  @Test
  void anIndexOfVersion4IsRead() throws Exception {
    sandbox.git("config", "index.version", "4");
    assertOwn();
    try (var repository = sandbox.open()) {
      var theirs = repository.worktree(sandbox.tree("theirs"), "theirs");
      GitSandbox.write(theirs.folder(), "sub/new.txt", "x\n");
      assertThat(theirs.status()).containsExactly(new Change("sub/new.txt", Change.Kind.NEW));
    }
  }

  @Test
  void replacedObjectsAreGits() throws Exception {
    var other = sandbox.git("commit-tree", "-m", "other", "HEAD^{tree}");
    sandbox.git("replace", "HEAD", other);
    assertByGit("replaced objects");
  }

  @Test
  void filesWithoutAnExecutableBitAreGits() throws Exception {
    sandbox.git("config", "core.fileMode", "false");
    assertByGit("filemode");
  }

  @Test
  void anAliasedOrShallowRepositoryIsOurs() throws Exception {
    commitMany();
    sandbox.git("clone", "-q", "--depth=2", "file://" + sandbox.top, "../shallow");
    sandbox.git("clone", "-q", "--shared", ".", "../shared");
    for (var name : new String[] {"shallow", "shared"}) {
      try (var repository = Repository.open(sandbox.folder.resolve(name), sandbox.world())) {
        assertThat(repository.fitness().reasons()).isEmpty();
        var start = repository.findCommit("main").orElseThrow();
        var made =
            repository.create(
                NewWorktree.fresh(sandbox.folder.resolve(name + "-tree"), "task-1", start));
        assertThat(((CreateResult.Made) made).worktree().status()).isEmpty();
        assertThat(sandbox.git(sandbox.folder.resolve(name + "-tree"), "status", "--porcelain"))
            .isEmpty();
      }
    }
  }

  private void commitMany() throws Exception {
    for (var i = 0; i < 3; i++) {
      sandbox.git("commit", "-q", "--allow-empty", "-m", "c" + i);
    }
  }

  @Test
  void aBareMainRepositoryAndAWorktreeOfAWorktreeWork() throws Exception {
    sandbox.git("clone", "-q", "--bare", ".", "../bare.git");
    var bare = sandbox.folder.resolve("bare.git");
    try (var repository = Repository.open(bare, sandbox.world())) {
      var start = repository.findCommit("main").orElseThrow();
      var first =
          (CreateResult.Made)
              repository.create(NewWorktree.fresh(sandbox.folder.resolve("t1"), "one", start));
      try (var inner = Repository.open(first.worktree().folder().resolve("sub"), sandbox.world())) {
        assertThat(inner.commonDir()).isEqualTo(bare);
        assertThat(inner.startBranch()).contains("one");
        var second =
            (CreateResult.Made)
                inner.create(NewWorktree.fresh(sandbox.folder.resolve("t2"), "two", start));
        assertThat(sandbox.git(second.worktree().folder(), "status", "--porcelain", "-b"))
            .isEqualTo("## two");
      }
    }
    assertThat(sandbox.git(bare, "worktree", "list").lines()).hasSize(3);
  }

  @Test
  void aFileTooLargeForMemoryIsCopiedInPieces() throws Exception {
    var size = 66 << 20;
    Files.write(sandbox.top.resolve("large.bin"), new byte[size]);
    commit();
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "ours");
      assertThat(ours.folder().resolve("large.bin")).hasSize(size);
      assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
      Files.write(ours.folder().resolve("large.bin"), new byte[size + 1]);
      assertThat(ours.commitAll(new CommitRequest("m", Set.of(), 1L << 30, 10, false)))
          .isInstanceOf(CommitResult.Made.class);
      assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEmpty();
      assertThat(sandbox.git("cat-file", "-s", "task-ours:large.bin")).isEqualTo("" + (size + 1));
    }
  }

  @Test
  void manyFilesInOneFolderAreWrittenByAllThreads() throws Exception {
    var blob = sandbox.git("rev-parse", "HEAD:a.txt");
    var script =
        "for i in $(seq 5000); do printf '100644 %s\\tmany/f%s\\n' "
            + blob
            + " $i; done | git update-index --index-info && git commit -q -m many && git checkout"
            + " -q -f main";
    sandbox.run(sandbox.top, "sh", "-c", script);
    assertOwn();
  }

  @Test
  void aNameThatIsDotGitInDisguiseIsNeverWritten() throws Exception {
    var blob = sandbox.git("rev-parse", "HEAD:a.txt");
    sandbox.write("tree.txt", "");
    var tree =
        sandbox.run(
            sandbox.top, "sh", "-c", "printf '100644 blob " + blob + "\\tgit~1\\n' | git mktree");
    var commit = sandbox.git("commit-tree", "-m", "evil", tree);
    try (var repository = sandbox.open()) {
      var request = NewWorktree.fresh(sandbox.tree("x"), "task-x", commit);
      assertThatThrownBy(() -> repository.create(request)).isInstanceOf(GitException.class);
      assertThat(Files.exists(sandbox.tree("x"))).isFalse();
      assertThat(repository.findBranch("task-x")).isEmpty();
      assertThat(sandbox.git("worktree", "list").lines()).hasSize(1);
    }
  }

  @Test
  void withoutTheGitProgramNothingIsDoneAndTheCureIsTold() throws Exception {
    var world =
        new GitEnvironment(
            Map.of("HOME", temp.toString(), "PATH", temp.toString()), sandbox.world().clock());

    assertThatThrownBy(() -> Repository.open(sandbox.top, world).close())
        .isInstanceOf(GitException.class)
        .hasMessage("git is not on the PATH (cure: install it)");
  }
}
