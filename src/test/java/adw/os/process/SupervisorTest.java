package adw.os.process;

import static adw.os.process.TestChildren.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorTest {
  @TempDir private Path folder;

  @Test
  void aFolderWithoutASupervisorIsNotStarted() throws Exception {
    assertThat(SupervisedProcess.look(folder)).isEqualTo(new SupervisedProcess.NotStarted());
    assertThat(SupervisedProcess.look(folder.resolve("absent")))
        .isEqualTo(new SupervisedProcess.NotStarted());
  }

  @Test
  void theExitCodeIsKeptAlsoOfASignal() throws Exception {
    assertThat(run("exit 0")).isEqualTo(new SupervisedProcess.Exited(0));
    assertThat(run("exit 99")).isEqualTo(new SupervisedProcess.Exited(99));
    assertThat(run("kill -TERM $$")).isEqualTo(new SupervisedProcess.Exited(143));
    assertThat(run("kill -KILL $$")).isEqualTo(new SupervisedProcess.Exited(137));
    assertThat(run("kill -HUP $$")).isEqualTo(new SupervisedProcess.Exited(129));
  }

  @Test
  void aProgramThatIsNotThereExitsWith127AndSaysSo() throws Exception {
    var job =
        new Supervisor.Job(List.of("no-such-program"), folder, Map.of(), Path.of("/dev/null"));

    Supervisor.start(folder.resolve("p"), job).ended().get(3, TimeUnit.MINUTES);

    assertThat(SupervisedProcess.look(folder.resolve("p")))
        .isEqualTo(new SupervisedProcess.Exited(127));
    assertThat(folder.resolve("p/stderr.log")).content().contains("no-such-program");
  }

  @Test
  void outputIsAppendedAndInputComesFromTheFile() throws Exception {
    var input = Files.writeString(folder.resolve("prompt.md"), "the prompt");
    var argv = List.of("sh", "-c", "cat; echo \"$WHO\" >&2");
    var environment = Map.of("PATH", System.getenv("PATH"), "WHO", "⏰ später");
    var job = new Supervisor.Job(argv, folder, environment, input);
    Files.createDirectories(folder.resolve("p"));
    Files.writeString(folder.resolve("p/stdout.log"), "earlier\n");

    Supervisor.start(folder.resolve("p"), job).ended().get(3, TimeUnit.MINUTES);

    assertThat(folder.resolve("p/stdout.log")).hasContent("earlier\nthe prompt");
    assertThat(folder.resolve("p/stderr.log")).hasContent("⏰ später\n");
  }

  @Test
  void theWorkflowIsNotImmuneToSignalsButItsSupervisorIs() throws Exception {
    var procDir = folder.resolve("p");
    var started =
        Supervisor.start(
            procDir,
            job(
                folder,
                "kill -TERM $PPID; kill -HUP $PPID; kill -INT $PPID; kill -TERM $$; sleep 300"));

    started.ended().get(3, TimeUnit.MINUTES);

    assertThat(SupervisedProcess.look(procDir)).isEqualTo(new SupervisedProcess.Exited(143));
  }

  @Test
  void theRecordedIdentityIsTheSupervisorInASessionOfItsOwn() throws Exception {
    var procDir = folder.resolve("p");
    var started = Supervisor.start(procDir, job(folder, "sleep 300"));

    var running = awaitRunning(procDir);

    assertThat(running.supervisor()).isEqualTo(ProcessIdentity.of(started.pid()).orElseThrow());
    assertThat(ProcessTable.find(started.pid()).orElseThrow().session()).isEqualTo(started.pid());
    ProcessTree.of(running.supervisor()).end(Duration.ofSeconds(5));
    assertThat(SupervisedProcess.look(procDir)).isEqualTo(new SupervisedProcess.Exited(143));
  }

  @Test
  void aSupervisorThatIsKilledLeavesAProcessThatIsGone() throws Exception {
    var procDir = folder.resolve("p");
    Supervisor.start(procDir, job(folder, "echo $$ >workflow; sleep 300"));
    var supervisor = awaitRunning(procDir).supervisor();
    Awaitility.await().until(() -> Files.exists(folder.resolve("workflow")));
    var tree = ProcessTree.of(supervisor);
    assertThat(tree.isEmpty()).isFalse();

    new ProcessBuilder("kill", "-9", Long.toString(supervisor.pid())).start().waitFor();

    Awaitility.await()
        .until(() -> SupervisedProcess.look(procDir).equals(new SupervisedProcess.Gone()));
    assertThat(tree.isEmpty()).isFalse();
    tree.kill();
    assertThat(tree.isEmpty()).isTrue();
  }

  @Test
  void ofTwoSupervisorsOneRunsTheWorkflow() throws Exception {
    for (int i = 0; i < 20; i++) {
      var procDir = folder.resolve("p" + i);
      var job = job(folder, "echo ran >>count" + i);

      var first = Supervisor.start(procDir, job);
      var second = Supervisor.start(procDir, job);
      first.ended().get(3, TimeUnit.MINUTES);
      second.ended().get(3, TimeUnit.MINUTES);

      assertThat(folder.resolve("count" + i)).hasContent("ran\n");
      assertThat(SupervisedProcess.look(procDir)).isEqualTo(new SupervisedProcess.Exited(0));
    }
  }

  @Test
  void aLateSupervisorAndAWithdrawalNeverBothWin() throws Exception {
    for (int i = 0; i < 200; i++) {
      var procDir = folder.resolve("p" + i);
      var ran = folder.resolve("ran" + i);
      var withdrawn = new AtomicBoolean();
      var go = new CountDownLatch(1);
      var thread = Thread.ofPlatform().start(() -> withdrawn.set(withdraw(procDir, go)));

      var started = Supervisor.start(procDir, job(folder, ">ran" + i));
      go.countDown();
      started.ended().get(3, TimeUnit.MINUTES);
      thread.join();

      assertThat(Files.exists(ran)).isEqualTo(!withdrawn.get());
      assertThat(SupervisedProcess.look(procDir))
          .isEqualTo(
              withdrawn.get()
                  ? new SupervisedProcess.NotStarted()
                  : new SupervisedProcess.Exited(0));
    }
  }

  @Test
  void aFullDiskDelaysTheResultButDoesNotLoseIt() throws Exception {
    var procDir = Files.createDirectories(folder.resolve("p"));
    Files.createSymbolicLink(procDir.resolve("exit"), Path.of("/dev/full"));

    var started = Supervisor.start(procDir, job(folder, "echo >ran; exit 4"));
    Awaitility.await().until(() -> Files.exists(folder.resolve("ran")));
    assertThat(SupervisedProcess.look(procDir)).isInstanceOf(SupervisedProcess.Running.class);
    Files.delete(procDir.resolve("exit"));

    started.ended().get(3, TimeUnit.MINUTES);
    assertThat(SupervisedProcess.look(procDir)).isEqualTo(new SupervisedProcess.Exited(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox", "/bin/ksh", "/bin/mksh"})
  void eachShellRunsItTheSameWay(Path shell) throws Exception {
    assumeTrue(Files.isExecutable(shell));
    var name = shell.getFileName().toString();
    var sh = name.equals("busybox") ? List.of(shell.toString(), "sh") : List.of(shell.toString());
    var procDir = folder.resolve(name);
    var job = job(folder, "echo x; kill -TERM $PPID; sleep 0.2; exit 9");

    var first = Supervisor.start(sh, procDir, job);
    first.ended().get(3, TimeUnit.MINUTES);
    Supervisor.start(sh, procDir, job).ended().get(3, TimeUnit.MINUTES);

    assertThat(SupervisedProcess.look(procDir)).isEqualTo(new SupervisedProcess.Exited(9));
    assertThat(procDir.resolve("stdout.log")).hasContent("x");
    assertThat(procDir.resolve("stderr.log")).isEmptyFile();
    assertThat(
            ProcessIdentity.parse(Files.readString(procDir.resolve("pid")))
                .map(ProcessIdentity::pid))
        .contains(first.pid());
  }

  @Test
  void itLeadsASessionOfItsOwnUnderTheNumberItWasStartedWith() throws Exception {
    var job = job(folder, "ps -o sid= -p $$ | tr -d ' '; exit 6");

    var started = Supervisor.start(folder.resolve("p"), job);
    started.ended().get(3, TimeUnit.MINUTES);

    assertThat(SupervisedProcess.look(folder.resolve("p")))
        .isEqualTo(new SupervisedProcess.Exited(6));
    assertThat(folder.resolve("p/stdout.log")).hasContent(Long.toString(started.pid()));
  }

  @Test
  void itsLockIsHeldAsLongAsItLivesAndNotByTheWorkflowsChildren() throws Exception {
    assumeTrue(NewSession.canHold());
    var procDir = folder.resolve("p");
    var job = job(folder, "sleep 300 & read -r x < " + folder.resolve("go") + "; kill $!; exit 4");
    assertThat(run("fifo", "mkfifo go")).isEqualTo(new SupervisedProcess.Exited(0));

    var started = Supervisor.start(procDir, job);
    Awaitility.await().until(() -> Files.exists(procDir.resolve("started")));
    assertThat(SupervisorLock.ask(procDir)).isEqualTo(SupervisorLock.Holder.LIVES);

    Files.writeString(folder.resolve("go"), "go\n");
    started.ended().get(3, TimeUnit.MINUTES);
    assertThat(SupervisorLock.ask(procDir)).isEqualTo(SupervisorLock.Holder.DEAD);
  }

  @Test
  void aWorkflowHearsTheSignalsThatThisProcessWasToldToIgnore() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")));
    var script = "trap '' HUP INT QUIT; exec \"$0\" -cp \"$1\" \"$2\" \"$3\"";
    var argv =
        List.of(
            "sh",
            "-c",
            script,
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            System.getProperty("java.class.path"),
            Deaf.class.getName(),
            folder.toString());

    new Command(argv, folder, TestChildren.ENVIRONMENT, TestChildren.LIMIT).run();

    assertThat(folder.resolve("p/stdout.log")).content().matches("SigIgn:\t[0-9]{8}[08]0000000\n");
  }

  static final class Deaf {
    private Deaf() {}

    public static void main(String[] args) throws Exception {
      var folder = Path.of(args[0]);
      var job = job(folder, "grep SigIgn /proc/$$/status");
      Supervisor.start(folder.resolve("p"), job).ended().get();
    }
  }

  @Test
  void nothingOfThisJvmIsOpenInTheWorkflowAndNoSignalIsIgnored() throws Exception {
    assertThat(run("p", "ls /proc/$$/fd; grep SigIgn /proc/$$/status"))
        .isEqualTo(new SupervisedProcess.Exited(0));

    // glibc keeps two signals for itself, 32 and 33.
    assertThat(folder.resolve("p/stdout.log"))
        .content()
        .matches("0\n1\n2\nSigIgn:\t[0-9]{8}[08]0000000\n");
  }

  @Test
  void anEndedSupervisorIsNoZombie() throws Exception {
    var started = Supervisor.start(folder.resolve("p"), job(folder, "exit 0"));
    started.ended().get(3, TimeUnit.MINUTES);

    assertThat(Files.exists(Path.of("/proc", Long.toString(started.pid())))).isFalse();
  }

  @Test
  void aTextWithANulIsRefusedAndNotCut() {
    var job = job(folder, "exit 0", Map.of("TASK", "a\0b"));

    assertThatThrownBy(() -> Supervisor.start(folder.resolve("p"), job))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NUL");
  }

  @Test
  void itCanBeMadeReadyBeforehand() throws Exception {
    Supervisor.prepare();

    assertThat(run("exit 0")).isEqualTo(new SupervisedProcess.Exited(0));
  }

  @Test
  void aFolderThatIsNotThereIsAnErrorAtOnce() {
    var job = job(folder.resolve("absent"), "exit 0");

    assertThatThrownBy(() -> Supervisor.start(folder.resolve("p"), job))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void aWithdrawalTwiceIsOne() throws Exception {
    assertThat(SupervisedProcess.tryWithdraw(folder.resolve("p"))).isTrue();
    assertThat(SupervisedProcess.tryWithdraw(folder.resolve("p"))).isTrue();
    assertThat(run("p", "exit 0")).isEqualTo(new SupervisedProcess.NotStarted());
  }

  @Test
  void aSupervisorThatDiedInItsFirstStepHasRunNothing() throws Exception {
    Files.createFile(folder.resolve("started"));

    assertThat(SupervisedProcess.look(folder)).isEqualTo(new SupervisedProcess.Unborn());
    SupervisedProcess.forgetUnborn(folder);
    assertThat(run("exit 3")).isEqualTo(new SupervisedProcess.Exited(3));
  }

  @Test
  void aWorkflowForWhichThereWasNoProcessLeftIsUnborn() throws Exception {
    var limited = List.of("/usr/bin/setpriv", "--reuid=54321", "--clear-groups");
    var shell = new ArrayList<>(limited);
    shell.addAll(List.of("/usr/bin/prlimit", "--nproc=1", "/bin/sh"));
    assumeThat(canBecomeAnother(limited)).as("root, setpriv and prlimit are here").isTrue();
    var procDir = Files.createDirectory(folder.resolve("p"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(procDir, PosixFilePermissions.fromString("rwxrwxrwx"));

    Supervisor.start(shell, procDir, job(folder, "exit 0")).ended().get(3, TimeUnit.MINUTES);

    assertThat(SupervisedProcess.look(procDir)).isEqualTo(new SupervisedProcess.Unborn());
  }

  /// As the next container sees it: the same kernel, other numbers of processes.
  private static void recordElsewhere(Path procDir, ProcessIdentity process) throws IOException {
    var elsewhere =
        new ProcessIdentity(
            process.pid(), process.start(), process.boot(), "1", "c1/" + "0".repeat(32));
    Files.writeString(procDir.resolve("pid"), elsewhere + "\n");
  }

  @Test
  void aSupervisorOfAnotherContainerIsJudgedByItsLock() throws Exception {
    var procDir = Files.createDirectory(folder.resolve("p"));
    var go = folder.resolve("go");
    assertThat(new ProcessBuilder("mkfifo", go.toString()).start().waitFor()).isZero();
    var started = Supervisor.start(procDir, job(folder, "read x < go"));
    var supervisor = awaitRunning(procDir).supervisor();

    recordElsewhere(procDir, supervisor);
    assertThat(SupervisedProcess.look(procDir)).isInstanceOf(SupervisedProcess.Running.class);

    ProcessHandle.of(started.pid()).orElseThrow().destroyForcibly();
    started.ended().get(3, TimeUnit.MINUTES);
    assertThat(SupervisedProcess.look(procDir)).isEqualTo(new SupervisedProcess.Gone());
    Files.writeString(go, "end\n"); // what it ran lives, and holds no lock
  }

  @Test
  void aSupervisorOfAnotherContainerWithoutALockIsNeverJudgedDead() throws Exception {
    Files.createFile(folder.resolve("started"));
    recordElsewhere(folder, ProcessIdentity.self());

    assertThat(SupervisedProcess.look(folder)).isInstanceOf(SupervisedProcess.Running.class);
  }

  private boolean canBecomeAnother(List<String> limited) throws Exception {
    if (!Files.exists(Path.of(limited.getFirst())) || !Files.exists(Path.of("/usr/bin/prlimit"))) {
      return false;
    }
    var argv = new ArrayList<>(limited);
    argv.add("true");
    return new ProcessBuilder(argv).start().waitFor() == 0;
  }

  @Test
  void aLineWithoutItsNewlineIsNotThereYet() throws Exception {
    Files.createFile(folder.resolve("started"));
    Files.writeString(folder.resolve("pid"), ProcessIdentity.self() + "\n");
    Files.writeString(folder.resolve("exit"), "1");

    assertThat(SupervisedProcess.look(folder))
        .isEqualTo(new SupervisedProcess.Running(ProcessIdentity.self()));
  }

  private boolean withdraw(Path procDir, CountDownLatch go) {
    try {
      go.await();
      return SupervisedProcess.tryWithdraw(procDir);
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private SupervisedProcess run(String script) throws Exception {
    return run("run " + script, script);
  }

  private SupervisedProcess run(String name, String script) throws Exception {
    var procDir = folder.resolve(name);
    Supervisor.start(procDir, job(folder, script)).ended().get(3, TimeUnit.MINUTES);
    return SupervisedProcess.look(procDir);
  }

  private static SupervisedProcess.Running awaitRunning(Path procDir) {
    return Awaitility.await()
                .until(
                    () -> SupervisedProcess.look(procDir),
                    SupervisedProcess.Running.class::isInstance)
            instanceof SupervisedProcess.Running running
        ? running
        : throwing();
  }

  private static SupervisedProcess.Running throwing() {
    throw new AssertionError("not running");
  }
}
