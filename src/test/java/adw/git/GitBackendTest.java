package adw.git;

import static org.assertj.core.api.Assertions.assertThat;

import adw.git.config.GitEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commits that the git program makes, since the repository has a setting that we do not know.
class GitBackendTest {
  private static final String CHANGES =
      """
      echo changed > a.txt; rm sub/b.txt; echo new > 'new file'; echo more > sub/c.txt
      chmod +x run; mv moved 'moved away'; rm -r folder; echo file > folder
      rm plain; mkdir plain; echo in > plain/in; ln -sf elsewhere link; mkdir -p deep/er; echo x > deep/er/x
      echo magic > ':(top)a.txt'; echo glob > '*.txt'; echo quoted > '"'; echo dash > -n
      echo staged > staged; git add staged; echo once > lost; git add lost; rm lost; git rm -q --cached left
      """;

  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
    for (var path : new String[] {"run", "moved", "folder/one", "plain", "link", "left"}) {
      sandbox.write(path, path + "\n");
    }
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "more");
    sandbox.git("config", "core.novelty", "true");
  }

  private void assertCommittedAsGitDoes(String changes) throws Exception {
    sandbox.git("worktree", "add", "-q", "-b", "theirs", "trees/theirs", "main");
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "x");
      sandbox.run(ours.folder(), "sh", "-e", "-c", changes);
      sandbox.run(sandbox.tree("theirs"), "sh", "-e", "-c", changes);
      sandbox.git(sandbox.tree("theirs"), "add", "-A");

      assertThat(ours.commitAll(CommitRequest.of("all", Set.of())))
          .isInstanceOf(CommitResult.Made.class);

      assertThat(sandbox.git("rev-parse", "task-x^{tree}"))
          .isEqualTo(sandbox.git(sandbox.tree("theirs"), "write-tree"));
      assertThat(ours.status()).isEmpty();
    }
  }

  @Test
  void everyChangeIsCommittedAsByGitsAdd() throws Exception {
    assertCommittedAsGitDoes(CHANGES);
  }

  @Test
  void aNameThatIsNoTextToo() throws Exception {
    assertCommittedAsGitDoes(CHANGES + "echo latin > \"$(printf 'caf\\351')\"");
  }

  @Test
  void whatIsLeftOutIsNotCommittedEvenIfItWasStaged() throws Exception {
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "x");
      GitSandbox.write(ours.folder(), "tasks.md", "[] a\n");
      GitSandbox.write(ours.folder(), "a.txt", "changed\n");
      sandbox.git(ours.folder(), "add", "-A");
      var request = CommitRequest.of("all", Set.of("tasks.md"));

      assertThat(ours.commitAll(request)).isInstanceOf(CommitResult.Made.class);

      assertThat(sandbox.git("diff", "--name-only", "main", "task-x")).isEqualTo("a.txt");
      assertThat(sandbox.git(ours.folder(), "status", "--porcelain")).isEqualTo("?? tasks.md");
      assertThat(ours.commitAll(request)).isEqualTo(new CommitResult.Nothing());
    }
  }

  @Test
  void uncommittedWorkInASubmoduleIsNoCommitOfAll() throws Exception {
    sandbox.git("clone", "-q", sandbox.top.toString(), "module");
    sandbox.git("add", "module");
    sandbox.git("commit", "-q", "-m", "module");
    try (var repository = sandbox.open()) {
      var ours = sandbox.fresh(repository, "x");
      sandbox.git(ours.folder(), "clone", "-q", sandbox.top.toString(), "module");
      var request = CommitRequest.of("all", Set.of());
      assertThat(ours.commitAll(request)).isInstanceOf(CommitResult.Made.class);
      GitSandbox.write(ours.folder(), "module/a.txt", "changed\n");

      assertThat(ours.commitAll(request))
          .isEqualTo(
              new CommitResult.Unclean("changes in a submodule are not committed there: module"));
    }
  }

  @Test
  void gitIsCalledFourTimesForACommitAndTwiceForNone() throws Exception {
    var calls = temp.resolve("calls");
    var script =
        Files.writeString(
            Files.createDirectory(temp.resolve("bin")).resolve("git"),
            "#!/bin/sh\necho called >> %s\nPATH=${PATH#*:} exec git \"$@\"\n".formatted(calls));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    var counted = new TreeMap<>(sandbox.environment);
    counted.merge("PATH", script.getParent() + ":", (path, bin) -> bin + path);
    var world = new GitEnvironment(counted, sandbox.world().clock());
    try (var repository = Repository.open(sandbox.top, world)) {
      var ours = sandbox.fresh(repository, "x");
      var request = CommitRequest.of("all", Set.of("tasks.md"));
      repository.parts().author(); // asked once
      repository.parts().committer();
      GitSandbox.write(ours.folder(), "tasks.md", "[] a\n");
      GitSandbox.write(ours.folder(), "a.txt", "changed\n");
      Files.delete(calls);

      assertThat(ours.commitAll(request)).isInstanceOf(CommitResult.Made.class);
      assertThat(calls).hasContent("called\n".repeat(4));

      assertThat(ours.commitAll(request)).isEqualTo(new CommitResult.Nothing());
      assertThat(calls).hasContent("called\n".repeat(6));
    }
  }
}
