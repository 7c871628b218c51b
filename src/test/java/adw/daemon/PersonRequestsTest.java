package adw.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.context.StopWord;
import adw.daemon.scene.DaemonSandbox;
import adw.run.Outcome;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people ask for: by editing a marker, by a request.
class PersonRequestsTest {
  private static final String STUBBORN =
      """
      trap 'touch $ADW_REPO/told' TERM
      echo x > x
      until test -e "$ADW_REPO/go"; do sleep 0.1 || true; done
      """;

  @TempDir Path folder;

  private void send(DaemonSandbox sandbox, Request request) throws Exception {
    new RequestFolder(sandbox.state()).send(request, Instant.now(), new Random());
  }

  private static Run only(DaemonSandbox sandbox) throws Exception {
    return sandbox.runs().getFirst();
  }

  private static void awaitRunning(DaemonSandbox sandbox) {
    awaitRunning(sandbox, 1);
  }

  private static void awaitRunning(DaemonSandbox sandbox, int count) {
    await()
        .until(() ->
            sandbox.events.stream().filter(event -> event.kind().equals("started")).count()
                == count);
  }

  @Test
  void aRunIsCancelledByARequestAndItsWorkIsKept() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("long", "echo half > half.txt; sleep 60\n")
            .tasks("[] Long #long\n");
    try (var running = sandbox.start()) {
      awaitRunning(sandbox);
      var half = sandbox.root.resolve("trees").resolve(only(sandbox).id()).resolve("half.txt");
      await().until(() -> Files.exists(half) && Files.size(half) > 0);
      send(sandbox, new Request.Cancel(only(sandbox).id(), "not needed"));
      running.awaitText("[⊘, ID] Long #long // not needed\n");
    }

    assertThat(sandbox.git("show", "task-" + only(sandbox).id() + ":half.txt")).isEqualTo("half");
  }

  @Test
  void aRunIsCancelledByItsMarker() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("long", "sleep 60\n").tasks("[] Long #long\n");
    try (var _ = sandbox.start()) {
      awaitRunning(sandbox);
      Files.writeString(sandbox.tasks, "[⊘, " + only(sandbox).id() + "] Long #long\n");
      await().until(() -> only(sandbox).hasEnded());
    }

    assertThat(only(sandbox).outcome()).containsInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  void aPersonWhoDidItEndsTheRunAndKeepsTheLine() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("long", "sleep 60\n").tasks("[] Long #long\n");
    try (var _ = sandbox.start()) {
      awaitRunning(sandbox);
      Files.writeString(sandbox.tasks, "[x] Long #long\n");
      await().until(() -> only(sandbox).hasEnded());
    }

    assertThat(Files.readString(sandbox.tasks)).isEqualTo("[x] Long #long\n");
  }

  @Test
  void anEndedTaskIsStartedAgainByRetry() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("once", "test -e /nowhere || exit 1\n")
            .tasks("[] Once #once\n");
    sandbox.runUntilIdle();
    sandbox.workflow("once", "echo x > x\n");
    Files.writeString(sandbox.tasks, "[retry] Once #once\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Once #once\n");
    assertThat(sandbox.runs()).hasSize(2);
  }

  @Test
  void aQuestionWaitsForItsAnswerInTheSameWorktree() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow(
                "ask",
                """
                if grep -q semicolon; then echo ';' >> sep.txt; exit 0; fi
                echo started > sep.txt
                echo '{"outcome":"waiting","for":"question","message":"which separator: ; or ,?"}' > "$ADW_RESULT"
                exit 75
                """)
            .tasks("[] Ask #ask\n");
    sandbox.runUntilIdle();
    assertThat(sandbox.shown()).isEqualTo("[❓, ID] Ask #ask // which separator: ; or ,?\n");
    assertThat(sandbox.state().live()).isEmptyDirectory();

    send(sandbox, new Request.Continue(only(sandbox).id(), "semicolon", "Ada"));
    Files.delete(sandbox.state().run(only(sandbox).id()).resolve("proc/1/result/result.json"));
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Ask #ask\n");
    assertThat(sandbox.git("show", "task-" + only(sandbox).id() + ":sep.txt"))
        .isEqualTo("started\n;");
  }

  private static final String ASKING =
      """
      if grep -q semicolon; then echo ';' > sep.txt; exit 0; fi
      echo '{"outcome":"waiting","for":"question","message":"which separator?"}' > "$ADW_RESULT"
      exit 75
      """;

  private DaemonSandbox asked() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("ask", ASKING).tasks("[] Ask #ask\n  > be quick\n");
    sandbox.runUntilIdle();
    assertThat(sandbox.shown()).startsWith("[❓, ID] Ask #ask // which separator?\n");
    return sandbox;
  }

  private static void edit(DaemonSandbox sandbox, String pattern, String by) throws Exception {
    sandbox.tasks(Files.readString(sandbox.tasks).replaceFirst(pattern, by)).runUntilIdle();
  }

  @Test
  void whoEmptiesTheBracketsBeforeTheAnswerIsToldWhatIsMissingAndThenHeard() throws Exception {
    var sandbox = asked();

    edit(sandbox, "❓, adw_\\w+", "");
    assertThat(sandbox.shown())
        .isEqualTo(
            """
            [❓, ID] Ask #ask // still asks: which separator? (write > answer below)
              > be quick
            """);
    edit(sandbox, "quick\n", "quick\n  > semicolon\n");

    assertThat(sandbox.shown()).startsWith("[✅ HASH, ID] Ask #ask\n");
  }

  @Test
  void anAnswerBelowAQuestionIsSentOnceTheBracketsAreEmptied() throws Exception {
    var sandbox = asked();

    edit(sandbox, "quick\n", "quick\n  > semicolon\n");
    assertThat(sandbox.shown()).startsWith("[❓, ID] Ask #ask // which separator?\n");
    edit(sandbox, "❓, adw_\\w+", "");

    assertThat(sandbox.shown()).startsWith("[✅ HASH, ID] Ask #ask\n");
  }

  @Test
  void aGateAsksAPersonAndRunsNothing() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "echo x > x.txt\n")
            .tasks("[] Build #make\n[⏰] Release it? #approve\n[⏰] Release #make\n");
    sandbox.runUntilIdle();
    assertThat(sandbox.shown())
        .isEqualTo(
            """
            [✅ HASH, ID] Build #make
            [❓, ID] Release it? #approve // approve?
            [⏰] Release #make
            """);
    var gate = sandbox.runs().stream().filter(ApprovalRequests::isGate).findFirst().orElseThrow();

    send(sandbox, new Request.Approve(gate.id(), "", "Ada"));
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).contains("[✅, ID] Release it? #approve\n");
    assertThat(new RunStore(sandbox.state()).read(gate.id()).outcome())
        .contains(new Outcome.Answered("approved by Ada"));
  }

  @Test
  void aRunWhoseLineWasDeletedIsCancelledAndItsOutcomeStaysInTheRecords() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("slow", "echo x > x; while ! test -e \"$ADW_REPO/go\"; do sleep 0.1; done\n")
            .tasks("[] One #slow\n[] Two #slow\n");
    try (var running = sandbox.start()) {
      awaitRunning(sandbox, 2);
      var text = Files.readString(sandbox.tasks);
      var id = text.substring(text.indexOf("adw_"), text.indexOf("]"));
      Files.writeString(sandbox.tasks, text.substring(text.indexOf('\n') + 1));
      await().until(() -> new RunStore(sandbox.state()).read(id).hasEnded());

      var run = new RunStore(sandbox.state()).read(id);
      assertThat(run.stage())
          .isEqualTo(
              new Stage.Ended(new Outcome.Cancelled("cancelled: its line was deleted"), false));
      assertThat(sandbox.git("show", "task-" + id + ":x")).isEqualTo("x");
      Files.createFile(sandbox.root.resolve("go"));
      running.awaitText("[✅ HASH, ID] Two #slow\n");
    }
  }

  @Test
  void stopEndsEveryRunAndKeepsItsWork() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("long", "echo half > half.txt; sleep 60\n")
            .tasks("[] A #long\n[] B #long\n");
    try (var running = sandbox.start()) {
      awaitRunning(sandbox, 2);
      new DaemonControl(sandbox.context()).stop();
      assertThat(running.end()).isEqualTo(Daemon.End.STOPPED);
    }

    assertThat(sandbox.shown())
        .isEqualTo(
            "[⊘, ID] A #long // stopped by adw stop\n[⊘, ID] B #long // stopped by adw stop\n");
    assertThat(sandbox.git("show", "task-" + only(sandbox).id() + ":half.txt")).isEqualTo("half");
  }

  @Test
  void runsGoOnWithoutADaemonAndAreAdoptedByTheNext() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("slow", "echo x > x; while ! test -e \"$ADW_REPO/go\"; do sleep 0.1; done\n")
            .tasks("[] Slow #slow\n");
    try (var running = sandbox.start()) {
      awaitRunning(sandbox);
      running.leave();
      assertThat(running.end()).isEqualTo(Daemon.End.LEFT);
    }
    assertThat(sandbox.shown()).isEqualTo("[🟡, ID] Slow #slow\n");
    Files.createFile(sandbox.root.resolve("go"));

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Slow #slow\n");
    assertThat(sandbox.runs()).hasSize(1);
  }

  @Test
  void stopWorksWithoutADaemon() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder)
            .workflow("long", "echo half > half.txt; sleep 60\n")
            .tasks("[] Long #long\n");
    try (var running = sandbox.start()) {
      awaitRunning(sandbox);
      running.leave();
      running.end();
    }

    assertThat(new DaemonControl(sandbox.context()).stop().ended()).hasSize(1);

    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] Long #long // stopped by adw stop\n");
  }

  /// Its command had begun, and was still reading settings.
  @Test
  void stopIsHeardByALoopThatHadNotBegunYet() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] Make #make\n");
    var before = StopWord.read(sandbox.state());
    new DaemonControl(sandbox.context()).stop();

    try (var daemon = Daemon.open(sandbox.context(), before)) {
      assertThat(daemon.run(Daemon.Mode.UNTIL_STOPPED)).isEqualTo(Daemon.End.STOPPED);
    }

    assertThat(sandbox.shown()).isEqualTo("[] Make #make\n");
  }

  /// Its processes have ten seconds to end, in which a daemon may die.
  @Test
  void aDaemonThatDiesWhileItEndsARunLeavesThatToTheNext() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("stubborn", STUBBORN).tasks("[] Long #stubborn\n");
    try (var running = sandbox.start()) {
      awaitRunning(sandbox);
      send(sandbox, new Request.Cancel(only(sandbox).id(), "not needed"));
      await().until(() -> Files.exists(sandbox.root.resolve("told")));
      running.leave();
    }
    Files.createFile(sandbox.root.resolve("go"));

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[⊘, ID] Long #stubborn // not needed\n");
    assertThat(new RequestFolder(sandbox.state()).read()).isEmpty();
  }

  @Test
  void aDaemonThatDiesWhileItEndsARunWhoseMarkerSaysSoLeavesThatToTheNext() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("stubborn", STUBBORN).tasks("[] Long #stubborn\n");
    try (var running = sandbox.start()) {
      awaitRunning(sandbox);
      Files.writeString(sandbox.tasks, Files.readString(sandbox.tasks).replace("🟡", "⊘"));
      await().until(() -> Files.exists(sandbox.root.resolve("told")));
      running.leave();
    }
    Files.createFile(sandbox.root.resolve("go"));

    sandbox.runUntilIdle();

    assertThat(only(sandbox).outcome())
        .contains(new Outcome.Cancelled("cancelled in the task file"));
  }
}
