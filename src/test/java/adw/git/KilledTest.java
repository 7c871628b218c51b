package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitEnvironment;
import adw.os.process.Command;
import adw.os.process.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The process that makes a worktree is killed at each step; the next one makes it all the same.
class KilledTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path temp;

  /// Makes the worktree `x` of the repository in the first argument, ahead if there is a third;
  /// dies at the step of the second.
  public static void main(String[] arguments) throws Exception {
    var armed = new AtomicBoolean(arguments.length == 2);
    CreateStep steps =
        step -> {
          if (armed.get() && step.equals(arguments[1])) {
            Runtime.getRuntime().halt(137);
          }
        };
    var world = new GitEnvironment(Map.of(), InstantSource.system());
    var top = Path.of(arguments[0]);
    try (var repository = Repository.open(top, world, steps)) {
      var start = repository.findCommit("main").orElseThrow();
      if (arguments.length > 2) {
        var ready = repository.makeReady(top.resolve("trees/x"), start).orElseThrow();
        ready.trySeal();
        armed.set(true);
        ready.tryGive("task-x", start);
      }
      repository.create(NewWorktree.fresh(top.resolve("trees/x"), "task-x", start));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "locked",
        "folder",
        "gitdir",
        "commondir",
        "dotgit",
        "branch",
        "head",
        "log",
        "orighead",
        "checkout",
        "index",
        "unlock"
      })
  void whatIsLeftBehindIsHealed(String step) throws Exception {
    var sandbox = GitSandbox.create(temp);

    kill(sandbox, sandbox.top.toString(), step);

    sandbox.git("worktree", "list", "--porcelain");
    try (var repository = sandbox.open()) {
      assertMade(sandbox, repository);
      try (var left = Files.list(sandbox.top.resolve(".git/worktrees"))) {
        // A folder that is still empty may be another process's: it is left for a minute.
        assertThat(left).hasSize(step.equals("locked") ? 2 : 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"branch", "head", "log", "orighead", "unlock"})
  void whatIsLeftOfAReadyOneIsHealed(String step) throws Exception {
    var sandbox = GitSandbox.create(temp);

    kill(sandbox, sandbox.top.toString(), step, "ready");

    sandbox.git("worktree", "list", "--porcelain");
    try (var repository = sandbox.open()) {
      assertMade(sandbox, repository);
      assertThat(sandbox.run(sandbox.top, "ls", ".git/worktrees")).isEqualTo("x");
    }
  }

  private static void assertMade(GitSandbox sandbox, Repository repository) throws Exception {
    var worktree = sandbox.fresh(repository, "x");
    assertThat(sandbox.git(worktree.folder(), "status", "--porcelain")).isEmpty();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(2);
    assertThat(DifferentialTest.snapshot(worktree.folder()).keySet())
        .containsExactly("a.txt", "sub/b.txt");
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  private void kill(GitSandbox sandbox, String... arguments) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var argv =
        new ArrayList<>(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledTest.class.getName()));
    argv.addAll(List.of(arguments));
    var killed = new Command(argv, temp, sandbox.environment, LIMIT).run();

    assertThat(killed.status()).as(killed.errText()).isEqualTo(new ExitStatus.Exited(137));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "locked",
        "folder",
        "gitdir",
        "commondir",
        "dotgit",
        "branch",
        "head",
        "log",
        "orighead",
        "checkout",
        "index",
        "unlock"
      })
  void whatFailsHalfWayLeavesNothingBehind(String step) throws Exception {
    var sandbox = GitSandbox.create(temp);
    CreateStep steps =
        at -> {
          if (at.equals(step)) {
            throw new IllegalStateException("no space left on device");
          }
        };
    try (var repository = Repository.open(sandbox.top, sandbox.world(), steps)) {
      assertThatThrownBy(() -> sandbox.fresh(repository, "x")).hasMessageContaining("no space");
    }
    assertThat(Files.exists(sandbox.tree("x"))).isFalse();
    assertThat(sandbox.git("branch", "--list", "task-x")).isEmpty();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(1);
    assertThat(sandbox.run(sandbox.top, "find", ".git/worktrees", "-mindepth", "1")).isEmpty();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }
}
