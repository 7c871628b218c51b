package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.os.FileTrees;
import adw.os.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Repositories that people work in, each checked out by us and by git: `-Dadw.repos=FOLDER`, with
/// repositories in it or in its folders.
@Tag("scale")
class PublicRepositoriesTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir Path temp;

  @TestFactory
  List<DynamicTest> ourWorktreesAreTheSameAsGits() throws Exception {
    var folder = System.getProperty("adw.repos");
    assumeTrue(folder != null, "no -Dadw.repos=FOLDER");
    var tests = new ArrayList<DynamicTest>();
    try (var found = Files.walk(Path.of(folder), 3)) {
      for (var head : found.filter(each -> each.endsWith("HEAD")).sorted().toList()) {
        var repository = head.resolveSibling("");
        if (Files.isDirectory(repository.resolve("objects"))) {
          tests.add(
              DynamicTest.dynamicTest(repository.toString(), () -> compare(tests, repository)));
        }
      }
    }
    return tests;
  }

  private void compare(List<DynamicTest> all, Path source) throws Exception {
    var sandbox = GitSandbox.empty(temp.resolve("r" + source.toString().hashCode() + all.size()));
    FileTrees.delete(sandbox.top);
    sandbox.run(temp, "git", "clone", "-q", "-n", source.toString(), sandbox.top.toString());
    sandbox.git("config", "user.name", "Ann");
    sandbox.git("config", "user.email", "ann@example.org");
    var head = sandbox.git("rev-parse", "HEAD");
    var argv = List.of("git", "worktree", "add", "-q", "-b", "theirs", "trees/theirs", head);
    var byGit = new Command(argv, sandbox.top, sandbox.environment, LIMIT).run();
    assumeTrue(byGit.succeeded(), () -> "git itself cannot: " + byGit.errText());
    try (var repository = sandbox.open()) {
      var ours =
          ((CreateResult.Made)
                  repository.create(NewWorktree.fresh(sandbox.tree("ours"), "task-ours", head)))
              .worktree();
      assertSame(sandbox, ours);
      var path = sandbox.git("ls-tree", "-r", "--name-only", head).lines().findFirst();
      for (var tree : List.of("ours", "theirs")) {
        GitSandbox.write(sandbox.tree(tree), path.orElseThrow(), "changed\n");
        GitSandbox.write(sandbox.tree(tree), "adw-new/file", "new\n");
      }
      assertThat(ours.commitAll(CommitRequest.of("m", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
      sandbox.git(sandbox.tree("theirs"), "add", "-A");
      sandbox.git(sandbox.tree("theirs"), "commit", "-q", "-m", "m");
      assertThat(sandbox.git("rev-parse", "task-ours^{tree}"))
          .isEqualTo(sandbox.git("rev-parse", "theirs^{tree}"));
      ours.moveTo(head);
      sandbox.git(sandbox.tree("theirs"), "reset", "-q", "--hard", head);
      assertSame(sandbox, ours);
    }
    FileTrees.delete(sandbox.top);
  }

  private static void assertSame(GitSandbox sandbox, Worktree ours) throws Exception {
    var theirs = sandbox.tree("theirs");
    sandbox.run(
        sandbox.top,
        "diff",
        "-r",
        "--no-dereference",
        "-x",
        ".git",
        ours.folder().toString(),
        theirs.toString());
    assertThat(sandbox.git(ours.folder(), "ls-files", "-s", "--debug").replaceAll("(?m)^ .*", ""))
        .isEqualTo(sandbox.git(theirs, "ls-files", "-s", "--debug").replaceAll("(?m)^ .*", ""));
    assertThat(sandbox.run(ours.folder(), "sh", "-c", "find . -type f -perm -u+x | sort"))
        .isEqualTo(sandbox.run(theirs, "sh", "-c", "find . -type f -perm -u+x | sort"));
    assertThat(sandbox.git(ours.folder(), "status", "--porcelain"))
        .isEqualTo(sandbox.git(theirs, "status", "--porcelain"));
    assertThat(ours.status().stream().map(Change::path).toList())
        .hasSameSizeAs(sandbox.git(theirs, "status", "--porcelain").lines().toList());
  }
}
