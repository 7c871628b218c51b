package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.Daemon;
import adw.daemon.DaemonControl;
import adw.daemon.context.DaemonListener;
import adw.run.Outcome;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What people rely on around the loop: answers, pauses, checks of the base, and the word to stop.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TrustTest {
  private static final String ASKING =
      """
      if [ -e asked ]; then exit 0; fi
      touch asked
      printf '{"outcome":"waiting","for":"question","message":"tabs?"}' > "$ADW_RESULT"
      exit 75
      """;

  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = DaemonSandbox.create(folder);
  }

  @Test
  void whatARoundReportedIsNoReportOfTheNext() throws Exception {
    sandbox.workflow("ask", ASKING).tasks("[] work #ask\n").runUntilIdle();
    answer("no");
    sandbox.runUntilIdle();
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #ask\n");
  }

  @Test
  void anAnswerThatWaitsForTheEndOfAPauseKeepsNobodyBusy() throws Exception {
    sandbox.workflow("ask", ASKING).tasks("[] work #ask\n").runUntilIdle();
    answer("no");
    Files.writeString(sandbox.state().paused(), "");
    assertThat(sandbox.runUntilIdle()).isEqualTo(Daemon.End.IDLE);
    assertThat(sandbox.shown()).isEqualTo("[🟡, ID] work #ask\n");
  }

  @Test
  void aTaskFileThatIsGoneIsSaidWithTheWayToGetItBack() throws Exception {
    sandbox.tasks("[x] done\n");
    try (var running = sandbox.start()) {
      running.awaitQuiet();
      Files.delete(sandbox.tasks);

      await()
          .untilAsserted(() ->
              assertThat(sandbox.notices)
                  .anyMatch(told -> told.endsWith("is gone (adw undo --file brings it back)")));
    }
  }

  @Test
  void oneLookWaitsForTheBaseToBeVerified() throws Exception {
    sandbox.settings = sandbox.withVerify("test ! -e broken");
    sandbox.workflow("ok", "echo ok > out\n").tasks("[] work #ok\n");
    try (var daemon = Daemon.open(sandbox.context())) {
      daemon.run(Daemon.Mode.ONCE);
    }
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #ok\n");
  }

  @Test
  void aRedBaseIsVerifiedAgainWhenAPersonSaysSo() throws Exception {
    var gate = Files.writeString(folder.resolve("red"), "");
    sandbox.settings = sandbox.withVerify("test ! -e " + gate);
    sandbox.workflow("ok", "echo ok > out\n").tasks("[] work #ok\n").runUntilIdle();
    assertThat(sandbox.shown()).isEqualTo("[] work #ok\n");
    Files.delete(gate);
    assertThat(DaemonControl.tryAgain(sandbox.state())).isTrue();
    sandbox.runUntilIdle();
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] work #ok\n");
  }

  @Test
  void whileTheBaseIsFetchedToBeVerifiedEverythingElseGoesOn() throws Exception {
    var go = folder.resolve("go");
    var began = folder.resolve("began");
    var slow =
        Files.writeString(
            folder.resolve("slow.sh"),
            "touch %s; until test -e %s; do sleep 0.05; done; exec git-upload-pack \"$@\"\n"
                .formatted(began, go));
    sandbox.workflow("ask", ASKING).tasks("[] work #ask\n").runUntilIdle();
    sandbox.git("clone", "-q", "--bare", ".", folder.resolve("origin.git").toString());
    sandbox.git("remote", "add", "origin", folder.resolve("origin.git").toString());
    sandbox.git("fetch", "-q");
    Files.delete(sandbox.root.resolve(".git/FETCH_HEAD"));
    sandbox.git("config", "remote.origin.uploadpack", "sh " + slow);
    sandbox.settings = sandbox.withVerify("true");
    Files.writeString(sandbox.tasks, Files.readString(sandbox.tasks) + "[] next #ask\n");
    try (var running = sandbox.start()) {
      await().until(() -> Files.exists(began));
      var id = sandbox.runs().getFirst().id();
      new RequestFolder(sandbox.state())
          .send(new Request.Cancel(id, "no"), sandbox.clock.instant(), new Random());
      running.awaitText("[⊘, ID] work #ask // no\n[] next #ask\n");

      Files.createFile(go);
      running.awaitText("[⊘, ID] work #ask // no\n[❓, ID] next #ask // tabs?\n");
    }
  }

  @Test
  void aBaseThatCannotBeVerifiedIsSaidOnceAndNotTriedWithoutAPause() throws Exception {
    Files.writeString(sandbox.root.resolve("trees"), "a file in the way");
    sandbox.settings = sandbox.withVerify("true");
    sandbox.workflow("make", "echo x > x\n").tasks("[] work #make\n");

    assertThat(sandbox.runUntilIdle()).isEqualTo(Daemon.End.IDLE);

    assertThat(sandbox.shown()).isEqualTo("[] work #make\n");
    assertThat(sandbox.runs()).hasSize(1);
    assertThat(sandbox.notices)
        .filteredOn(notice -> notice.contains("could not be verified: "))
        .hasSize(1);
  }

  @Test
  void aCheckOfTheBaseEndsWithItsDaemon() throws Exception {
    sandbox.settings = sandbox.withVerify("echo $$ > " + folder.resolve("pid") + "; exec sleep 60");
    sandbox.workflow("ok", "echo ok > out\n").tasks("[] work #ok\n");
    try (var _ = sandbox.start()) {
      await().until(() -> Files.exists(folder.resolve("pid")));
    }
    var pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(new RunStore(sandbox.state()).openIds()).isEmpty();
  }

  @Test
  void stopEndsTheRunsAlsoWhileTheTaskFileIsEmpty() throws Exception {
    sandbox.workflow("slow", "exec sleep 600\n").tasks("[] work #slow\n");
    try (var daemon = sandbox.start()) {
      daemon.awaitEvent("started");
      Files.writeString(sandbox.tasks, "");
      daemon.leave();
      daemon.end();
    }
    var began = System.nanoTime();
    new DaemonControl(sandbox.context()).stop();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(2));
    assertThat(sandbox.runs().getFirst().outcome().map(end -> end.word())).contains("cancelled");
  }

  @Test
  void aRunIsCancelledWithoutADaemonAlsoWhileTheTaskFileIsUnreadable() throws Exception {
    sandbox.workflow("slow", "exec sleep 60\n").tasks("[] work #slow\n[] stay #slow\n");
    try (var daemon = sandbox.start()) {
      daemon.awaitEvent("started");
      await().until(() -> sandbox.runs().stream().allMatch(TrustTest::isAtWork));
    }
    var text = Files.readAllBytes(sandbox.tasks);
    Files.write(sandbox.tasks, new byte[] {(byte) 0xff});
    var id = sandbox.runs().getFirst().id();
    new RequestFolder(sandbox.state())
        .send(new Request.Cancel(id, "wrong"), sandbox.clock.instant(), new Random());

    var obstacle = new DaemonControl(sandbox.context()).carryOutRequests();

    assertThat(obstacle.orElseThrow()).contains("not UTF-8");
    assertThat(new RunStore(sandbox.state()).read(id).outcome())
        .contains(new Outcome.Cancelled("wrong"));
    assertThat(sandbox.runs()).filteredOn(TrustTest::isAtWork).hasSize(1);
    Files.write(sandbox.tasks, text);
    new DaemonControl(sandbox.context()).stop();
    assertThat(sandbox.shown()).contains("[⊘, ID]", "// wrong", "// stopped by adw stop");
  }

  private static boolean isAtWork(Run run) {
    return run.stage() instanceof Stage.Running;
  }

  @Test
  void whatWasDoneIsKnownFromItsCommitWhereTheRecordsAreGone() throws Exception {
    sandbox
        .workflow("make", "echo x > x\n")
        .workflow("use", "cat x > y\n")
        .tasks("[] work #make\n")
        .runUntilIdle();
    var id = sandbox.runs().getFirst().id();
    sandbox.run(List.of("rm", "-rf", ".git/adw"));

    sandbox
        .tasks("[⏰ " + id + "] next #use\n[⏰ adw_00000000] never #use\n[🟡, adw_11111111] other\n")
        .runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo(
            "[✅ HASH, ID] next #use\n[⏰ ID] never #use\n[🟡, ID] other\n"); // theirs is not touched
  }

  @Test
  void anEmptyTaskFileIsNoWork() throws Exception {
    sandbox.tasks("");
    assertThat(sandbox.runUntilIdle()).isEqualTo(Daemon.End.IDLE);
    assertThat(sandbox.notices).isEmpty();
  }

  @Test
  void emptyingTheFileEndsNoRun() throws Exception {
    sandbox
        .workflow("slow", "while ! test -e \"$ADW_REPO/go\"; do sleep 0.05; done; echo x > x\n")
        .tasks("[] work #slow\n");
    try (var daemon = sandbox.start()) {
      daemon.awaitEvent("started");
      var text = Files.readString(sandbox.tasks);
      Files.writeString(sandbox.tasks, "");
      TimeUnit.MILLISECONDS.sleep(2500); // longer than it takes to count as empty
      Files.writeString(sandbox.tasks, text);
      Files.createFile(sandbox.root.resolve("go"));
      daemon.awaitText("[✅ HASH, ID] work #slow\n");
    }
  }

  @Test
  void oneLookDoesNotWaitForEverForAFileThatStaysUnreadable() throws Exception {
    Files.write(sandbox.tasks, new byte[] {'[', ']', ' ', (byte) 0xff, '\n'});
    assertThat(sandbox.runUntilIdle()).isEqualTo(Daemon.End.UNREADABLE);
    assertThat(sandbox.notices).anyMatch(notice -> notice.contains("not UTF-8"));
  }

  @Test
  void untilIdleEndsWhenEachLookFails() throws Exception {
    sandbox.workflow("slow", "true\n").tasks("[] work #slow\n");
    sandbox.onStep(
        DaemonListener.Step.RECORDED,
        () -> {
          throw new IOException("read-only file system");
        });
    assertThat(sandbox.runUntilIdle()).isEqualTo(Daemon.End.UNREADABLE);
    assertThat(sandbox.notices).anyMatch(notice -> notice.contains("read-only file system"));
    assertThat(Files.readString(sandbox.tasks)).isEqualTo("[] work #slow\n");
  }

  private void answer(String text) throws Exception {
    var id = sandbox.runs().getFirst().id();
    new RequestFolder(sandbox.state())
        .send(new Request.Continue(id, text, "ada"), sandbox.clock.instant(), new Random());
    new DaemonControl(sandbox.context()).carryOutRequests();
  }

  @Test
  void aResultWhoseLineWasOnAnotherBranchIsWrittenWhenItIsBack() throws Exception {
    sandbox.workflow("slow", "echo x > x.txt; until test -e \"$ADW_REPO/go\"; do sleep 0.1; done");
    sandbox.tasks("# Other\n").git("add", "-f", "tasks.md");
    sandbox.git("commit", "-qm", "other");
    sandbox.git("branch", "other");
    sandbox.tasks("# Tasks\n[] Slow #slow\n");
    try (var running = sandbox.start()) {
      running.awaitEvent("started");
      sandbox.git("commit", "-qam", "running");
      sandbox.git("checkout", "-q", "other");
      Files.createFile(sandbox.root.resolve("go"));
      running.awaitEvent("reported");

      sandbox.git("checkout", "-q", "main");

      running.awaitText("# Tasks\n[✅ HASH, ID] Slow #slow\n");
    }
    assertThat(sandbox.runs().getFirst().stage())
        .isInstanceOfSatisfying(Stage.Ended.class, end -> assertThat(end.shown()).isTrue());
  }

  @Test
  void aGateWhoseClaimCouldNotBeWrittenIsAskedOnce() throws Exception {
    sandbox.failAt(DaemonListener.Step.RECORDED, "No space left on device");
    try (var running = sandbox.tasks("[] Release? #approve\n").start()) {
      running.look();
      running.awaitText("[❓, ID] Release? #approve // approve?\n");
    }
    assertThat(sandbox.runs()).hasSize(2);
    assertThat(new RunStore(sandbox.state()).openIds()).hasSize(1);
  }

  @Test
  void aDamagedRecordEndsItsOwnTaskAndStopsNoOther() throws Exception {
    sandbox.workflow("ask", ASKING).workflow("make", "echo x > x.txt\n");
    sandbox.tasks("[] Ask #ask\n").runUntilIdle();
    var id = sandbox.runs().getFirst().id();
    Files.writeString(sandbox.state().run(id).resolve("run.json"), "");
    Files.writeString(sandbox.tasks, Files.readString(sandbox.tasks) + "[] Make #make\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo(
            """
            [❌, ID] Ask #ask // its record is damaged: write [retry], or look at its branch
            [✅ HASH, ID] Make #make
            """);
    assertThat(new RunStore(sandbox.state()).openIds()).isEmpty();
  }

  @Test
  void aJournalThatHasLostItsEndIsBelievedLessThanTheRecord() throws Exception {
    sandbox.workflow("fail", "exit 3\n").tasks("[] Fail #fail\n");
    var log = sandbox.state().journal().resolve("log");
    var claimed = new byte[1][];
    sandbox.onStep(
        DaemonListener.Step.CLAIMED,
        () -> {
          claimed[0] = Files.readAllBytes(log);
        });
    sandbox.runUntilIdle();
    var shown = sandbox.shown();
    Files.write(log, claimed[0]);

    sandbox.runUntilIdle();

    assertThat(shown).isEqualTo("[❌, ID] Fail #fail // exit code 3\n");
    assertThat(sandbox.shown()).isEqualTo(shown);
  }

  @Test
  void whatOfTheJournalCannotBeReadIsSaidAndStopsNothing() throws Exception {
    sandbox.workflow("make", "echo x > x\n").tasks("[] One #make\n").runUntilIdle();
    var log = sandbox.state().journal().resolve("log");
    var bytes = Files.readAllBytes(log);
    bytes[bytes.length - 3] ^= 1;
    Files.write(log, bytes);
    Files.writeString(sandbox.tasks, Files.readString(sandbox.tasks) + "[] Two #make\n");

    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] One #make\n[✅ HASH, ID] Two #make\n");
    assertThat(sandbox.notices)
        .singleElement()
        .asString()
        .matches(log + ": \\d+ bytes from byte \\d+ on cannot be read: .*");
  }
}
