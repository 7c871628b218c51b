package adw.git;

import static org.assertj.core.api.Assertions.assertThat;

import adw.git.config.GitEnvironment;
import adw.os.process.Command;
import adw.os.process.ExitStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes of ours and git itself at once in one repository.
@Tag("scale")
class CrowdTest {
  private static final int EACH = 20;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path temp;

  /// Makes 20 worktrees with two commits each in the repository of the first argument.
  public static void main(String[] arguments) throws Exception {
    var world = new GitEnvironment(System.getenv(), InstantSource.system());
    var top = Path.of(arguments[0]);
    try (var repository = Repository.open(top, world);
        var threads = Executors.newFixedThreadPool(8)) {
      var start = repository.findCommit("main").orElseThrow();
      var work = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < EACH; i++) {
        var name = arguments[1] + i;
        work.add(() -> commitTwice(repository, top, name, start));
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        done.get();
      }
    }
  }

  private static boolean commitTwice(Repository repository, Path top, String name, String start)
      throws Exception {
    var request = NewWorktree.fresh(top.resolve("trees").resolve(name), "task-" + name, start);
    var worktree = ((CreateResult.Made) repository.create(request)).worktree();
    for (var n = 0; n < 2; n++) {
      GitSandbox.write(worktree.folder(), "d0/" + name + n, name);
      var commit = worktree.commitAll(CommitRequest.of("commit " + n, Set.of()));
      assertThat(commit).isInstanceOf(CommitResult.Made.class);
    }
    return true;
  }

  @Test
  void fortyWorktreesAtOnceBesideGitsOwnWorkAndItsGc() throws Exception {
    var sandbox = GitSandbox.create(temp);
    for (var i = 0; i < 800; i++) {
      sandbox.write("d" + i % 20 + "/f" + i, "content " + i + "\n");
    }
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "many");
    var over = new AtomicBoolean();
    try (var threads = Executors.newCachedThreadPool()) {
      var cleaning = threads.submit(() -> clean(sandbox, over));
      var ours =
          List.of(
              threads.submit(() -> crowd(sandbox, "a")), threads.submit(() -> crowd(sandbox, "b")));
      var theirs = threads.submit(() -> commitByGit(sandbox));
      try {
        for (var each : ours) {
          assertThat(each.get()).isEqualTo("");
        }
        theirs.get();
      } finally {
        over.set(true);
      }
      assertThat(cleaning.get()).isPositive();
    }
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
    for (var name : List.of("a", "b")) {
      for (var i = 0; i < EACH; i++) {
        var tree = sandbox.tree(name + i);
        assertThat(sandbox.git(tree, "status", "--porcelain")).isEmpty();
        assertThat(
                sandbox.git("ls-tree", "--name-only", "task-" + name + i, "d0/" + name + i + "1"))
            .isNotEmpty();
      }
    }
    assertThat(sandbox.run(sandbox.top, "find", ".git", "-name", "*.lock", "-o", "-name", "locked"))
        .isEmpty();
  }

  private static int clean(GitSandbox sandbox, AtomicBoolean over) throws Exception {
    var rounds = 0;
    // git's own `worktree add` makes a HEAD without a commit for a moment, and its gc stumbles over
    // it.
    for (; !over.get(); rounds++) {
      sandbox.run(
          sandbox.top, "sh", "-c", "git gc -q --prune=2.weeks.ago; git pack-refs --all; true");
    }
    return rounds;
  }

  private static boolean commitByGit(GitSandbox sandbox) throws Exception {
    for (var i = 0; i < 10; i++) {
      sandbox.git("worktree", "add", "-q", "-b", "git" + i, "trees/git" + i, "main");
      GitSandbox.write(sandbox.tree("git" + i), "x" + i, "x");
      sandbox.git(sandbox.tree("git" + i), "add", "-A");
      sandbox.git(sandbox.tree("git" + i), "commit", "-q", "-m", "git " + i);
      sandbox.git("commit", "-q", "--allow-empty", "-m", "main " + i);
    }
    return true;
  }

  private static String crowd(GitSandbox sandbox, String name) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var argv =
        List.of(
            java,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrowdTest.class.getName(),
            sandbox.top.toString(),
            name);
    var ended = new Command(argv, sandbox.folder, sandbox.environment, LIMIT).run();
    return ended.status().equals(new ExitStatus.Exited(0)) ? "" : ended.status() + ended.errText();
  }
}
