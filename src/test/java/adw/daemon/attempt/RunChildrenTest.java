package adw.daemon.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.Daemon;
import adw.daemon.DaemonControl;
import adw.daemon.scene.DaemonSandbox;
import adw.os.process.ProcessIdentity;
import adw.run.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A child that the daemon starts is one that stop, the next daemon and the time limits know: git
/// and its hooks too.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class RunChildrenTest {
  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = DaemonSandbox.create(folder);
    sandbox.workflow("make", "echo made > made.txt\n").tasks("[] work #make\n");
  }

  /// Notes each call with the process that makes it, then does that.
  private void hook(String name, String script) throws Exception {
    sandbox.hook(name, "echo $$ >> " + calls() + "\n" + script);
  }

  private Path calls() {
    return folder.resolve("calls");
  }

  private List<Long> pids() throws Exception {
    return Files.exists(calls())
        ? Files.readAllLines(calls()).stream().map(Long::valueOf).toList()
        : List.of();
  }

  private void awaitCalls(int count) {
    await().until(() -> pids().size() == count);
  }

  private void assertAllEnded() throws Exception {
    assertThat(pids()).allMatch(pid -> ProcessIdentity.of(pid).isEmpty());
  }

  /// A daemon that goes while the hook is at work, which goes on without it.
  private void leaveAtTheHook() throws Exception {
    try (var running = sandbox.start()) {
      awaitCalls(1);
      running.leave();
      assertThat(running.end()).isEqualTo(Daemon.End.LEFT);
    }
    assertThat(ProcessIdentity.of(pids().getFirst())).isPresent();
  }

  @Test
  void stopEndsARunWhoseHookHangsWithAllBelowIt() throws Exception {
    hook("pre-commit", "trap '' TERM\n(trap '' TERM; echo $$; sleep 300) &\nsleep 300\nsleep 300");
    try (var running = sandbox.start()) {
      awaitCalls(1);
      var end = CompletableFuture.supplyAsync(running::end);
      var began = System.nanoTime();
      var stopped = new DaemonControl(sandbox.context()).stop();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(2));
      assertThat(stopped.ended()).hasSize(1);
      assertThat(stopped.isWhole()).isTrue();
      assertThat(end.join()).isEqualTo(Daemon.End.STOPPED);
    }

    assertAllEnded();
    assertThat(pids()).hasSize(1);
    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] work #make // stopped by adw stop\n");
    var branch = "task-" + sandbox.runs().getFirst().id();
    assertThat(sandbox.git("show", branch + ":made.txt")).isEqualTo("made");
  }

  @Test
  void stopWithoutADaemonEndsTheHookThatLivesAndCallsItNoMore() throws Exception {
    hook("pre-commit", "exec sleep 300");
    leaveAtTheHook();

    var stopped = new DaemonControl(sandbox.context()).stop();

    assertThat(stopped.ended()).hasSize(1);
    assertAllEnded();
    assertThat(pids()).hasSize(1);
    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] work #make // stopped by adw stop\n");
  }

  @Test
  void theNextDaemonWaitsForTheGitOfAnEarlierOneAndItsCommitIsDone() throws Exception {
    hook("pre-commit", "while ! test -e \"" + folder.resolve("go") + "\"; do sleep 0.05; done");
    leaveAtTheHook();
    try (var running = sandbox.start()) {
      running.awaitEvent("adopted");
      Files.createFile(folder.resolve("go"));
      running.awaitText("[✅ HASH, ID] work #make\n");
    }

    assertThat(pids()).hasSize(1);
  }

  @Test
  void theTimeLimitOfARunHoldsForItsHooks() throws Exception {
    hook("pre-commit", "exec sleep 300");
    sandbox.settings = sandbox.withTimeout(Duration.ofSeconds(2));

    sandbox.runUntilIdle();

    assertAllEnded();
    assertThat(sandbox.shown()).startsWith("[❌, ID] work #make // no end after 2s");
  }

  @Test
  void aHookThatRunsAfterCheckoutIsEndedByStopToo() throws Exception {
    hook("post-checkout", "exec sleep 300");
    try (var running = sandbox.start()) {
      awaitCalls(1);
      var end = CompletableFuture.supplyAsync(running::end);
      new DaemonControl(sandbox.context()).stop();
      assertThat(end.join()).isEqualTo(Daemon.End.STOPPED);
    }

    assertAllEnded();
    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] work #make // stopped by adw stop\n");
  }

  /// Such a worktree is made by `git worktree add`.
  @Test
  void aFilterThatHangsWhileGitMakesTheWorktreeIsEndedByStopToo() throws Exception {
    sandbox.git("config", "filter.slow.clean", "cat");
    Files.writeString(sandbox.root.resolve(".gitattributes"), "*.slow filter=slow\n");
    Files.writeString(sandbox.root.resolve("a.slow"), "a\n");
    sandbox.git("add", ".");
    sandbox.git("commit", "-q", "-m", "filtered");
    sandbox.git("config", "filter.slow.smudge", "echo $$ >> " + calls() + "; sleep 300");
    try (var running = sandbox.start()) {
      awaitCalls(1);
      var end = CompletableFuture.supplyAsync(running::end);
      new DaemonControl(sandbox.context()).stop();
      assertThat(end.join()).isEqualTo(Daemon.End.STOPPED);
    }

    assertAllEnded();
    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] work #make // stopped by adw stop\n");
  }

  @Test
  void whatAHookSaidStandsInTheLogsOfItsRun() throws Exception {
    hook("pre-commit", "echo this is not allowed >&2; exit 1");

    sandbox.runUntilIdle();

    var log =
        sandbox.state().run(sandbox.runs().getFirst().id()).resolve("proc/git-commit/stderr.log");
    assertThat(log).content().contains("this is not allowed");
  }

  @Test
  void stopLeavesWhatOnlyWaitsForAPerson() throws Exception {
    sandbox
        .workflow("ask", "echo 'QUESTION: tabs or blanks?'\n")
        .tasks("[] ask #ask\n")
        .runUntilIdle();

    var stopped = new DaemonControl(sandbox.context()).stop();

    assertThat(stopped.ended()).isEmpty();
    assertThat(sandbox.shown()).startsWith("[❓, ID] ask #ask");
  }

  @Test
  void aDaemonThatDoesNotAnswerIsNamedAndWhatItRunsIsEndedAllTheSame() throws Exception {
    sandbox
        .workflow("slow", "echo $$ >> " + calls() + "\nexec sleep 300\n")
        .tasks("[] work #slow\n");
    var isHeld = new CountDownLatch(1);
    var isOver = new CountDownLatch(1);
    try (var running = sandbox.start()) {
      awaitCalls(1);
      var holder =
          Thread.ofPlatform().start(() -> hold(isHeld, isOver)); // its next look waits for that
      isHeld.await();
      var stopped = new DaemonControl(sandbox.context()).stop();

      assertAllEnded();
      assertThat(stopped.isWhole()).isFalse();
      assertThat(stopped.holders()).isNotEmpty();
      isOver.countDown();
      holder.join();
      assertThat(running.end()).isEqualTo(Daemon.End.STOPPED);
    }

    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] work #slow // stopped by adw stop\n");
    assertThat(sandbox.runs().getFirst().outcome())
        .contains(new Outcome.Cancelled("stopped by adw stop"));
  }

  private void hold(CountDownLatch isHeld, CountDownLatch isOver) {
    try {
      sandbox
          .context()
          .file()
          .locked(_ -> {
            isHeld.countDown();
            isOver.await();
            return true;
          });
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aGitThatIsKilledAloneIsCalledAgainAndNothingThatItStartedLivesBesideIt() throws Exception {
    var killed = folder.resolve("killed");
    hook(
        "pre-commit",
        "if test -e "
            + killed
            + "; then exit 0; fi\ntouch "
            + killed
            + "\nkill -9 $PPID\nsleep 300");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #make\n");
    assertThat(pids()).hasSize(2);
    assertAllEnded();
  }

  /// Its supervisor has seen the end of git, and nobody that of the hook.
  @Test
  void whatAGitHasLeftThatWasKilledWhileThereWasNoDaemonIsEndedBeforeItIsCalledAgain()
      throws Exception {
    var git = folder.resolve("git");
    var beside = folder.resolve("beside");
    hook(
        "pre-commit",
        """
        if test -e %1$s; then
          if grep -q sleep "/proc/$(head -1 %2$s)/cmdline"; then touch %3$s; fi
          exit 0
        fi
        echo $PPID > %1$s
        exec sleep 300\
        """
            .formatted(git, calls(), beside));
    leaveAtTheHook();
    await().until(() -> Files.exists(git) && Files.size(git) > 0);
    var killed = ProcessHandle.of(Long.parseLong(Files.readString(git).strip())).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #make\n");
    assertThat(beside).doesNotExist();
    assertAllEnded();
  }

  @Test
  void aCommitThatStandsOnTheBranchIsNeverCalledFailed() throws Exception {
    hook("post-commit", "kill -9 $PPID\nsleep 300");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #make\n");
    assertThat(pids()).hasSize(1);
    assertAllEnded();
  }

  @Test
  void theLockOfAGitThatLivesIsNotRemoved() throws Exception {
    sandbox.workflow(
        "make",
        """
        echo made > made.txt
        lock=$(git rev-parse --git-dir)/index.lock
        touch "$lock"
        cp "$(command -v sleep)" %1$s/git
        env -u ADW_RUN_ID setsid %1$s/git 300 > /dev/null 2>&1 &
        echo $! >> %2$s
        """
            .formatted(folder, calls()));
    try {
      sandbox.runUntilIdle();
    } finally {
      ProcessHandle.of(pids().getFirst()).ifPresent(ProcessHandle::destroyForcibly);
    }

    var id = sandbox.runs().getFirst().id();
    assertThat(sandbox.root.resolve(".git/worktrees/" + id + "/index.lock")).exists();
    assertThat(sandbox.shown())
        .startsWith("[❌, ID] work #make // ")
        .contains("index.lock", "git (pid ");
  }
}
