package adw.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.Patience;
import adw.os.process.Command;
import adw.os.process.Liveness;
import adw.os.process.OrphanProcesses;
import adw.os.process.ProcessIdentity;
import adw.os.process.SupervisedProcess;
import adw.os.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WorkflowProcessTest {
  private static final String RUN = "adw_0badcafe";
  private static final OrphanProcesses.Patience SHORT =
      new OrphanProcesses.Patience(Duration.ofMillis(100), Duration.ofMillis(400));
  private static final ProcessLimits NONE =
      new ProcessLimits(Duration.ZERO, Duration.ZERO, ProcessLimits.USUAL_LOG, SHORT);

  /// Far less than the second between two looks at processes of others.
  private static final Duration NOTICED_AT_ONCE = Duration.ofMillis(900);

  @TempDir private Path folder;
  private Path worktree;
  private Path procDir;

  @BeforeEach
  void folders() throws Exception {
    worktree = Files.createDirectory(folder.resolve("tree"));
    procDir = Files.createDirectory(folder.resolve("runs")).resolve("proc/1");
  }

  @AfterEach
  void nobodyIsLeft() throws Exception {
    OrphanProcesses.of(RUN, Path.of("/")).sweep(SHORT);
  }

  @Test
  void aWorkflowThatEndsGivesItsExitCode() throws Exception {
    assertThat(await(launch("exit 0"), NONE)).isEqualTo(new ProcessEnd.Exited(0));
    assertThat(await(launch("2", "exit 75"), NONE)).isEqualTo(new ProcessEnd.Exited(75));
    assertThat(await(launch("3", "kill -KILL $$"), NONE)).isEqualTo(new ProcessEnd.Exited(137));
  }

  @Test
  void theEndOfOurOwnChildIsNoticedAtOnce() throws Exception {
    var least = Long.MAX_VALUE;
    for (var round = 0; round < 8 && least > NOTICED_AT_ONCE.toNanos(); round++) {
      least = Math.min(least, nanosToNoticeTheEnd(round));
    }

    assertThat(Duration.ofNanos(least)).isLessThan(NOTICED_AT_ONCE);
  }

  private long nanosToNoticeTheEnd(int round) throws Exception {
    var gate = worktree.resolve("gate" + round);
    var process =
        launch("end" + round, "mkfifo gate%1$d; read line <gate%1$d; exit 3".formatted(round));
    var ending = new AtomicReference<ProcessEnd>();
    var waiter = Thread.startVirtualThread(() -> ending.set(awaitUnchecked(process)));
    Awaitility.await().until(() -> Files.exists(gate));

    var start = System.nanoTime();
    Files.writeString(gate, "go\n");
    waiter.join();

    assertThat(ending.get()).isEqualTo(new ProcessEnd.Exited(3));
    return System.nanoTime() - start;
  }

  @Test
  void pastTheTimeLimitTheWholeTreeIsEnded() throws Exception {
    var clock = new AtomicLong();
    var limit = Duration.ofMinutes(60);
    var limits = new ProcessLimits(limit, Duration.ZERO, ProcessLimits.USUAL_LOG, SHORT);
    var job =
        job(
            "trap '' TERM; (trap '' TERM; sleep 300; sleep 301) & echo $! >child; echo $$ >self;"
                + " touch up; wait; sleep 302");
    var process = WorkflowProcess.launch(procDir, job, clock::get);
    Awaitility.await().until(() -> Files.exists(worktree.resolve("up")));
    clock.addAndGet(limit.toNanos());

    assertThat(await(process, limits)).isEqualTo(new ProcessEnd.TimedOut(limit));
    assertThat(ProcessIdentity.of(pid("child"))).isEmpty();
    assertThat(ProcessIdentity.of(pid("self"))).isEmpty();
    assertThat(OrphanProcesses.of(RUN, worktree).inside()).isEmpty();
  }

  @Test
  void theTimeLimitGoesOnAfterAdoption() throws Exception {
    var clock = new AtomicLong(5_000_000_000L);
    WorkflowProcess.launch(procDir, job("sleep 300"), clock::get);
    awaitRunning();
    clock.addAndGet(Duration.ofMinutes(59).toNanos());
    var adopted = WorkflowProcess.adopt(procDir, clock::get);
    var limits =
        new ProcessLimits(Duration.ofMinutes(60), Duration.ZERO, ProcessLimits.USUAL_LOG, SHORT);
    var ending = new AtomicReference<ProcessEnd>();
    var waiter = Thread.startVirtualThread(() -> ending.set(awaitUnchecked(adopted, limits)));

    assertThat(waiter.join(Duration.ofMillis(400))).isFalse();
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    waiter.join();

    assertThat(ending.get()).isEqualTo(new ProcessEnd.TimedOut(Duration.ofMinutes(60)));
  }

  @Test
  void whoSaysAndDoesNothingIsIdle() throws Exception {
    var limits =
        new ProcessLimits(Duration.ZERO, Duration.ofMillis(400), ProcessLimits.USUAL_LOG, SHORT);

    assertThat(await(launch("echo hello; sleep 300"), limits))
        .isEqualTo(new ProcessEnd.Idle(Duration.ofMillis(400)));
  }

  @Test
  void whoSaysTooMuchIsEnded() throws Exception {
    var limits = new ProcessLimits(Duration.ZERO, Duration.ZERO, 150L << 20, SHORT);

    assertThat(await(launch("cat /dev/zero"), limits))
        .isEqualTo(new ProcessEnd.LogTooLarge(150L << 20));
  }

  @Test
  void cancellingEndsTheTreeFromAnyThread() throws Exception {
    var process = launch("sleep 300 & echo $! >child; wait");
    var ending = new AtomicReference<ProcessEnd>();
    var waiter = Thread.startVirtualThread(() -> ending.set(awaitUnchecked(process)));
    Awaitility.await().until(() -> Files.exists(worktree.resolve("child")));

    process.cancel();
    waiter.join();

    assertThat(ending.get()).isEqualTo(new ProcessEnd.Cancelled());
    assertThat(ProcessIdentity.of(pid("child"))).isEmpty();
  }

  @Test
  void cancellingBeforeTheStartWinsOrEndsItButNeverLeavesItRunning() throws Exception {
    for (int i = 0; i < 10; i++) {
      var process = launch("n" + i, "sleep 300");
      process.cancel();

      assertThat(await(process, NONE)).isEqualTo(new ProcessEnd.Cancelled());
      assertThat(OrphanProcesses.of(RUN, worktree).inside()).isEmpty();
    }
  }

  /// Many at once, cancelled at random moments: each has one of the possible ends, and none of what
  /// they started is left, whatever it did to its parents and its session.
  @Test
  void manyProcessesCancelledAtRandomMomentsLeaveNothingBehind() throws Exception {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var scripts =
        List.of(
            "exit 3",
            "sleep 0.1; exit 3",
            "sleep 300",
            "trap '' TERM; sleep 300; sleep 300",
            "sleep 300 & sleep 300 & wait",
            "setsid sleep 300 & sleep 0.1; exit 3",
            "setsid sh -c 'trap \"\" TERM; sleep 300; sleep 300' & sleep 300");
    var endings = new ConcurrentHashMap<Integer, ProcessEnd>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        var number = i;
        var script = scripts.get(random.nextInt(scripts.size()));
        var process = WorkflowProcess.launch(folder.resolve("m" + i), job(RUN + i, script));
        var pause = Duration.ofMillis(random.nextInt(300));
        var leftovers = OrphanProcesses.of(RUN + i, worktree);
        threads.execute(() -> endings.put(number, awaitUnchecked(process, NONE, leftovers)));
        threads.execute(() -> cancelAfter(pause, process));
      }
    }

    assertThat(endings).as("seed %d", seed).hasSize(40);
    assertThat(endings.values())
        .as("seed %d", seed)
        .isSubsetOf(new ProcessEnd.Exited(3), new ProcessEnd.Cancelled());
    for (int i = 0; i < 40; i++) {
      assertThat(OrphanProcesses.of(RUN + i, worktree).inside()).as("seed %d", seed).isEmpty();
    }
  }

  private static void cancelAfter(Duration pause, WorkflowProcess process) {
    LockSupport.parkNanos(pause.toNanos());
    process.cancel();
  }

  @Test
  void anAdoptedProcessIsAwaitedLikeOurOwn() throws Exception {
    launch("sleep 0.3; exit 9");
    awaitRunning();

    assertThat(await(WorkflowProcess.adopt(procDir), NONE)).isEqualTo(new ProcessEnd.Exited(9));
    assertThat(await(WorkflowProcess.adopt(procDir), NONE)).isEqualTo(new ProcessEnd.Exited(9));
  }

  @Test
  void aProcessOutlivesTheJvmThatStartedItAndIsAdopted() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var classes = System.getProperty("java.class.path");
    var argv =
        List.of(
            java, "-cp", classes, Daemon.class.getName(), procDir.toString(), worktree.toString());
    var environment = Map.of("PATH", System.getenv("PATH"));
    try (var daemon = new Command(argv, folder, environment, Duration.ofMinutes(1)).start()) {
      assertThat(daemon.out().read()).isEqualTo('r');
      kill(daemon.pid());
      daemon.await(Patience.LONG);
    }

    var adopted = WorkflowProcess.adopt(procDir);
    assertThat(awaitRunning().judge()).isEqualTo(Liveness.ALIVE);
    Files.writeString(worktree.resolve("go"), "");

    assertThat(await(adopted, NONE)).isEqualTo(new ProcessEnd.Exited(5));
    assertThat(procDir.resolve("stdout.log")).hasContent("still here");
  }

  /// Launches a workflow, says so, and waits to be killed.
  static final class Daemon {
    private Daemon() {}

    public static void main(String[] args) throws Exception {
      var script = "while ! test -e go; do sleep 0.05; done; echo still here; exit 5";
      var environment = Map.of("PATH", System.getenv("PATH"), OrphanProcesses.MARK, RUN);
      var job =
          new Supervisor.Job(
              List.of("sh", "-c", script), Path.of(args[1]), environment, Path.of("/dev/null"));
      var process = WorkflowProcess.launch(Path.of(args[0]), job);
      System.out.println("running");
      process.await(NONE, OrphanProcesses.of(RUN, Path.of(args[1])));
    }
  }

  @Test
  void anAdoptedProcessCanBeCancelled() throws Exception {
    launch("sleep 300");
    var supervisor = awaitRunning();
    var adopted = WorkflowProcess.adopt(procDir);
    adopted.cancel();

    assertThat(await(adopted, NONE)).isEqualTo(new ProcessEnd.Cancelled());
    assertThat(supervisor.judge()).isEqualTo(Liveness.DEAD);
  }

  @Test
  void ifTheSupervisorIsKilledItsWorkflowIsEndedAndTheProcessIsGone() throws Exception {
    var process = launch("echo $$ >self; sleep 300");
    var supervisor = awaitRunning();
    Awaitility.await().until(() -> Files.exists(worktree.resolve("self")));

    kill(supervisor.pid());

    assertThat(await(process, NONE)).isEqualTo(new ProcessEnd.Gone());
    assertThat(ProcessIdentity.of(pid("self"))).isEmpty();
    assertThat(await(WorkflowProcess.adopt(procDir), NONE)).isEqualTo(new ProcessEnd.Gone());
  }

  @Test
  void oneThatNeverStartedIsGoneAndNeverWillStart() throws Exception {
    assertThat(await(WorkflowProcess.adopt(procDir), NONE)).isEqualTo(new ProcessEnd.Gone());

    await(launch(">ran"), NONE);

    assertThat(worktree.resolve("ran")).doesNotExist();
  }

  @Test
  void whatAWorkflowLeavesInTheWorktreeIsEndedAndTheRestIsNamed() throws Exception {
    var script =
        "setsid sh -c 'echo $$ >server; sleep 300' & (cd / && exec setsid sleep 301) & while ! test"
            + " -s server; do sleep 0.1; done; sleep 0.2";
    var process = launch(script);

    assertThat(await(process, NONE)).isEqualTo(new ProcessEnd.Exited(0));

    assertThat(ProcessIdentity.of(pid("server"))).isEmpty();
    assertThat(OrphanProcesses.of(RUN, worktree).outside())
        .extracting(OrphanProcesses.Leftover::command)
        .containsExactly("sleep 301");
  }

  @Test
  void anInterruptLeavesTheProcessToBeAdopted() throws Exception {
    var process = launch("sleep 0.5; exit 4");
    awaitRunning();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> process.await(NONE, OrphanProcesses.of(RUN, worktree)))
        .isInstanceOf(InterruptedException.class);
    assertThat(await(WorkflowProcess.adopt(procDir), NONE)).isEqualTo(new ProcessEnd.Exited(4));
  }

  @Test
  void theTemporaryFolderIsMade() throws Exception {
    assertThat(await(launch("test -d \"$TMPDIR\""), NONE)).isEqualTo(new ProcessEnd.Exited(0));
  }

  private WorkflowProcess launch(String script) throws IOException {
    return WorkflowProcess.launch(procDir, job(script));
  }

  private WorkflowProcess launch(String name, String script) throws IOException {
    return WorkflowProcess.launch(folder.resolve(name), job(script));
  }

  private Supervisor.Job job(String script) {
    return job(RUN, script);
  }

  private Supervisor.Job job(String runId, String script) {
    var environment =
        new HashMap<>(
            Map.of(
                "PATH",
                System.getenv("PATH"),
                OrphanProcesses.MARK,
                runId,
                "TMPDIR",
                folder.resolve("tmp").toString()));
    return new Supervisor.Job(
        List.of("sh", "-c", script), worktree, environment, Path.of("/dev/null"));
  }

  private ProcessEnd await(WorkflowProcess process, ProcessLimits limits) throws Exception {
    return process.await(limits, OrphanProcesses.of(RUN, worktree));
  }

  private ProcessEnd awaitUnchecked(WorkflowProcess process) {
    return awaitUnchecked(process, NONE);
  }

  private ProcessEnd awaitUnchecked(WorkflowProcess process, ProcessLimits limits) {
    return awaitUnchecked(process, limits, OrphanProcesses.of(RUN, worktree));
  }

  private static ProcessEnd awaitUnchecked(
      WorkflowProcess process, ProcessLimits limits, OrphanProcesses leftovers) {
    try {
      return process.await(limits, leftovers);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private ProcessIdentity awaitRunning() {
    var state =
        Awaitility.await()
            .pollInterval(Duration.ofMillis(10))
            .until(
                () -> SupervisedProcess.look(procDir), SupervisedProcess.Running.class::isInstance);
    if (state instanceof SupervisedProcess.Running(var supervisor)) {
      return supervisor;
    }
    throw new AssertionError(state);
  }

  private static void kill(long pid) throws Exception {
    new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
  }

  private long pid(String file) throws IOException {
    return Long.parseLong(Files.readString(worktree.resolve(file)).strip());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ofALogThatGrewFasterThanWeLookLittleStays() throws Exception {
    var limits = new ProcessLimits(Duration.ZERO, Duration.ZERO, 1L << 30, SHORT);

    await(launch("head -c 200000000 /dev/zero"), limits);

    var du = new Command(List.of("du", "-m", "stdout.log"), procDir, Map.of(), Patience.LONG);
    assertThat(Files.size(procDir.resolve("stdout.log"))).isEqualTo(200_000_000);
    assertThat(Long.parseLong(du.run().outText().split("\\s")[0])).isLessThan(40);
  }
}
