package adw.daemon.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.daemon.context.DaemonListener.Step;
import adw.daemon.context.DaemonSettings;
import adw.daemon.scene.DaemonSandbox;
import adw.git.config.WorktreeAdmin;
import adw.os.process.ProcessIdentity;
import adw.run.Run;
import adw.run.RunPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `[worktree] ready`: worktrees made ahead are used, kept up to date, and leave nothing behind.
class PoolFillerTest {
  private static final String SET_UP =
      "echo x >> \"$ADW_REPO/.git/set-ups\"; mkdir lib; pwd > lib/at";

  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = DaemonSandbox.create(folder);
    sandbox.settings = sandbox.withReady(1);
    var exclude = sandbox.root.resolve(".git/info/exclude");
    Files.writeString(exclude, Files.readString(exclude) + "/lib/\n.env\n");
    sandbox
        .workflow("make", "echo \"$ADW_RUN_ID $ADW_PORT\" > made.txt\n")
        .workflow("look", "cp lib/at at.txt; cp .env env.txt 2> \"$TMPDIR/e\" || : > env.txt\n")
        .tasks("# Work\n");
  }

  /// Ids of those that are ready, and not only in the making.
  private List<String> ready() throws Exception {
    return ReadyRecord.all(sandbox.state(), trees()).stream()
        .filter(record -> record.tree().isPresent())
        .map(ReadyRecord::id)
        .toList();
  }

  private Path trees() {
    return sandbox.root.resolve("trees");
  }

  private void awaitReady(int count) {
    await().ignoreExceptions().until(() -> ready().size() == count);
  }

  private void awaitNotice(String words) {
    await().until(() -> sandbox.notices.stream().anyMatch(notice -> notice.contains(words)));
  }

  private long setUps() throws Exception {
    var file = sandbox.root.resolve(".git/set-ups");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private void assertNothingIsLeft(int worktrees) throws Exception {
    assertThat(ReadyRecord.all(sandbox.state(), trees())).isEmpty();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(1 + worktrees);
    for (var admin : WorktreeAdmin.all(sandbox.root.resolve(".git"))) {
      assertThat(admin.lockReason()).isEmpty();
    }
    assertThat(sandbox.git("worktree", "prune", "--dry-run", "--verbose")).isEmpty();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
    assertThat(sandbox.runs()).extracting(Run::id).containsAll(leased());
    assertThat(new adw.run.RunStore(sandbox.state()).ids())
        .containsExactlyInAnyOrderElementsOf(sandbox.runs().stream().map(Run::id).toList());
  }

  private List<String> leased() throws Exception {
    var ports = sandbox.state().root().resolve("ports");
    if (!Files.isDirectory(ports)) {
      return List.of();
    }
    try (var files = Files.list(ports)) {
      return files.map(PoolFillerTest::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String show(Run run, String file) throws Exception {
    return sandbox.git("show", run.place().map(RunPlace::branch).orElseThrow() + ":" + file);
  }

  @Test
  void aRunIsTheOneThatWasReadyWithItsFolderAndItsPort() throws Exception {
    try (var running = sandbox.start()) {
      awaitReady(1);
      var id = ready().getFirst();
      var inode = Files.getAttribute(trees().resolve(id), "unix:ino");
      var port = leased();
      sandbox.tasks("[] a #make\n");
      running.awaitText("[✅ HASH, ID] a #make\n");

      var run = sandbox.runs().getFirst();
      assertThat(run.id()).isEqualTo(id);
      assertThat(port).containsExactly(id);
      assertThat(Files.getAttribute(run.place().orElseThrow().worktree(), "unix:ino"))
          .isEqualTo(inode);
      assertThat(show(run, "made.txt")).isEqualTo(id + " " + run.place().orElseThrow().port());
      awaitReady(1);
    }

    assertNothingIsLeft(1);
  }

  @Test
  void aBurstOfTasksTakesThemAndTheyAreMadeAgain() throws Exception {
    sandbox.settings = sandbox.withReady(2);
    var tasks = "[] a #make\n[] b #make\n[] c #make\n[] d #make\n[] e #make\n";
    try (var running = sandbox.start()) {
      awaitReady(2);
      var ids = ready();
      sandbox.tasks(tasks);
      running.awaitText(tasks.replace("[]", "[✅ HASH, ID]"));
      assertThat(sandbox.runs()).extracting(Run::id).containsAll(ids);
      awaitReady(2);
    }

    assertNothingIsLeft(5);
  }

  @Test
  void aBaseThatMovesIsFollowedAndAScopeTakesNone() throws Exception {
    sandbox.workflow(
        "list", "git status --short > \"$TMPDIR/s\"; ls > seen.txt; mv \"$TMPDIR/s\" status.txt\n");
    var tasks = "[] a #list\n## Git Worktree feature\n[] b #list\n";
    try (var running = sandbox.start()) {
      awaitReady(1);
      for (var i = 1; i <= 20; i++) {
        commit("file-" + i, i + "\n");
      }
      sandbox.tasks(tasks);
      running.awaitText(tasks.replace("[]", "[✅ HASH, ID]"));
    }

    for (var run : sandbox.runs()) {
      assertThat(show(run, "seen.txt").lines()).contains("file-1", "file-20");
      assertThat(show(run, "status.txt")).isEmpty();
    }
    assertThat(trees().resolve("feature")).isDirectory();
    assertNothingIsLeft(2);
  }

  private void commit(String file, String text) throws Exception {
    Files.writeString(sandbox.root.resolve(file), text);
    sandbox.git("add", file);
    sandbox.git("commit", "-q", "-m", file);
  }

  @Test
  void setUpAndCopiesAreDoneAheadInTheFolderOfTheRun() throws Exception {
    Files.writeString(sandbox.root.resolve(".worktreeinclude"), ".env\n");
    Files.writeString(sandbox.root.resolve(".env"), "one\n");
    sandbox.settings = sandbox.withSetUp(SET_UP);
    try (var running = sandbox.start()) {
      awaitReady(1);
      assertThat(setUps()).isEqualTo(1);
      sandbox.tasks("[] a #look\n");
      running.awaitText("[✅ HASH, ID] a #look\n");
      assertThat(events("set-up")).contains("ahead");
      awaitReady(1);
      assertThat(setUps()).isEqualTo(2);
    }

    var run = sandbox.runs().getFirst();
    assertThat(show(run, "at.txt")).isEqualTo(trees().resolve(run.id()).toString());
    assertThat(show(run, "env.txt")).isEqualTo("one");
    assertThat(sandbox.state().run(run.id()).resolve("proc/set-up-1/stdout.log")).exists();
    assertNothingIsLeft(1);
  }

  private String events(String kind) {
    return sandbox.events.stream()
        .filter(event -> event.kind().equals(kind))
        .map(Object::toString)
        .reduce("", String::concat);
  }

  /// `Makefile` stands for a file that set-up reads, `lib.txt` for one that it does not.
  @ParameterizedTest
  @ValueSource(strings = {"Makefile", "lib.txt"})
  void setUpRunsAgainIfWhatItReadsHasChangedSince(String file) throws Exception {
    sandbox.settings = sandbox.withSetUp(SET_UP.replace("mkdir", "mkdir -p"));
    sandbox.onStep(Step.PREPARING, () -> {});
    try (var running = sandbox.start()) {
      awaitReady(1);
      sandbox.onStep(
          Step.RECORDED, // of the claim: nothing brings it up to date any more
          () -> {
            try {
              commit(file, "new\n");
            } catch (Exception e) {
              throw new java.io.IOException(e);
            }
          });
      sandbox.tasks("[] a #look\n");
      running.awaitText("[✅ HASH, ID] a #look\n");
      assertThat(events("set-up").contains("ahead")).isEqualTo(file.equals("lib.txt"));
    }

    assertThat(sandbox.runs()).singleElement().matches(run -> hasFile(run, file));
  }

  private boolean hasFile(Run run, String file) {
    try {
      return show(run, file).equals("new");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCopyThatHasChangedSinceIsMadeAgain() throws Exception {
    Files.writeString(sandbox.root.resolve(".worktreeinclude"), ".env\n");
    Files.writeString(sandbox.root.resolve(".env"), "one\n");
    sandbox.settings = sandbox.withSetUp(SET_UP);
    try (var running = sandbox.start()) {
      awaitReady(1);
      Files.writeString(sandbox.root.resolve(".env"), "two, of another length\n");
      sandbox.tasks("[] a #look\n");
      running.awaitText("[✅ HASH, ID] a #look\n");
    }

    assertThat(show(sandbox.runs().getFirst(), "env.txt")).isEqualTo("two, of another length");
    assertThat(events("set-up")).contains("ahead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo $ADW_TASK > lib.txt", "sh ./prepare.sh"})
  void setUpThatUsesTheTaskRunsInTheRun(String line) throws Exception {
    commit("prepare.sh", "echo \"${ADW_TASK}\" > lib.txt\n");
    sandbox.settings = sandbox.withSetUp(line);
    assertSetUpIsInTheRun();
  }

  @Test
  void setUpStaysInTheRunIfThatIsWanted() throws Exception {
    sandbox.settings = sandbox.withSetUp("echo \"a #cp\" > lib.txt");
    sandbox.settings = sandbox.with(new DaemonSettings.Ahead(1, false, List.of()));
    assertSetUpIsInTheRun();
  }

  @Test
  void setUpComesAfterThePostCheckoutHook() throws Exception {
    sandbox.hook("post-checkout", "echo \"a #cp\" > from-hook");
    sandbox.settings = sandbox.withSetUp("mv from-hook lib.txt");
    assertSetUpIsInTheRun();
  }

  private void assertSetUpIsInTheRun() throws Exception {
    sandbox.workflow("cp", "cp lib.txt out.txt\n");
    try (var running = sandbox.start()) {
      awaitReady(1);
      var id = ready().getFirst();
      assertThat(trees().resolve(id).resolve("lib.txt")).doesNotExist();
      sandbox.tasks("[] a #cp\n");
      running.awaitText("[✅ HASH, ID] a #cp\n");

      assertThat(sandbox.runs()).extracting(Run::id).containsExactly(id);
      assertThat(events("set-up")).isNotEmpty().doesNotContain("ahead");
      assertThat(show(sandbox.runs().getFirst(), "out.txt")).isEqualTo("a #cp");
    }
  }

  @Test
  void aSetUpThatFailsAheadIsTheRunsToTell() throws Exception {
    sandbox.settings = sandbox.withSetUp("echo broken >&2; exit 3");
    try (var running = sandbox.start()) {
      awaitReady(1);
      sandbox.tasks("[] a #make\n");
      running.awaitText("[❌, ID] a #make // set-up failed: echo broken >&2; exit 3: broken\n");
    }

    assertNothingIsLeft(1);
  }

  @Test
  void aProcessThatSetUpLeavesIsEndedAndSetUpIsNotDoneAheadAnyMore() throws Exception {
    var pid = folder.resolve("pid");
    sandbox.settings = sandbox.withSetUp("cd /; sleep 600 > /dev/null 2>&1 & echo $! >> " + pid);
    try (var running = sandbox.start()) {
      awaitNotice("set-up left a process running");
      var left = Long.parseLong(Files.readAllLines(pid).getFirst());
      assertThat(ProcessIdentity.of(left)).isEmpty();
      assertThat(AheadNote.find(sandbox.state()).orElseThrow()).contains("set-up left a process");
      awaitReady(1);
      sandbox.tasks("[] a #make\n");
      running.awaitText("[✅ HASH, ID] a #make\n");
      assertThat(events("set-up")).isNotEmpty().doesNotContain("ahead");
    }
    for (var one : Files.readAllLines(pid)) {
      ProcessHandle.of(Long.parseLong(one)).ifPresent(ProcessHandle::destroyForcibly);
    }

    assertThat(AheadNote.find(sandbox.state())).isEmpty();
  }

  @Test
  void whatSomebodyMadeInAReadyOneIsKeptAndTheSecondTimeNoneIsMadeAnyMore() throws Exception {
    try (var running = sandbox.start()) {
      for (var name : List.of("a", "b")) {
        awaitReady(1);
        Files.writeString(trees().resolve(ready().getFirst()).resolve("README.md"), "work\n");
        sandbox.tasks(Files.readString(sandbox.tasks) + "[] " + name + " #make\n");
        await().until(() -> sandbox.shown().contains("[✅ HASH, ID] " + name));
      }
      awaitNotice("none is made ahead any more");
      assertThat(AheadNote.find(sandbox.state())).isPresent();
      running.look();
      assertThat(ready()).isEmpty();
    }

    for (var run : sandbox.runs()) {
      assertThat(sandbox.git("show", "refs/adw/" + run.id() + "/files:README.md"))
          .isEqualTo("work");
      assertThat(show(run, "README.md")).isEqualTo("hello");
    }
    assertNothingIsLeft(2);
  }

  @Test
  void oneThatNobodyWantsForHalfAnHourGoesUntilSomebodyDoes() throws Exception {
    var now = new AtomicReference<>(Instant.now());
    sandbox.clock = now::get;
    try (var running = sandbox.start()) {
      awaitReady(1);
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(31)));
      running.look();
      awaitReady(0);
      await().until(() -> leased().isEmpty());
      running.look();
      sandbox.tasks("[] a #make\n");
      running.awaitText("[✅ HASH, ID] a #make\n");
      awaitReady(1);
    }

    assertNothingIsLeft(1);
  }

  @Test
  void noneIsMadeBelowTwiceTheRoomThatRunsNeed() throws Exception {
    var free = Files.getFileStore(sandbox.root).getUsableSpace();
    sandbox.settings = sandbox.withMinFree(free / 4 * 3);
    assertNoneIsMade();
  }

  @Test
  void noneIsMadeWhileTheBaseIsRed() throws Exception {
    sandbox.settings = sandbox.withVerify("false");
    assertNoneIsMade();
  }

  private void assertNoneIsMade() throws Exception {
    try (var running = sandbox.start()) {
      running.look();
      await()
          .during(Duration.ofSeconds(1))
          .until(() -> ReadyRecord.all(sandbox.state(), trees()).isEmpty());
    }
  }

  @Test
  void oneIsMadeOnceTheBaseIsGreen() throws Exception {
    sandbox.settings = sandbox.withVerify("test -s README.md");
    try (var running = sandbox.start()) {
      sandbox.tasks("[] a #make\n");
      running.awaitText("[✅ HASH, ID] a #make\n");
      awaitReady(1);
    }
  }

  @Test
  void noneIsMadeForALoopThatEndsByItself() throws Exception {
    sandbox.onStep(
        Step.READY_RECORDED,
        () -> {
          throw new AssertionError("one is made");
        });
    sandbox.tasks("[] a #make\n[] b #make\n");
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] a #make\n[✅ HASH, ID] b #make\n");
    assertNothingIsLeft(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"RECORDED", "CLAIMED", "PREPARING", "READY_GIVEN", "WORKTREE_MADE", "PREPARED"})
  void aDaemonKilledBetweenTheClaimAndTheRunLeavesTheRunToTheNext(Step step) throws Exception {
    sandbox.settings = sandbox.withSetUp(SET_UP.replace("mkdir", "mkdir -p"));
    var killed = sandbox.startCrashing(step, 1);
    awaitReady(1);
    Files.writeString(sandbox.tasks, "[] a #look\n");
    assertThat(killed.waitFor()).isEqualTo(137);

    sandbox.settings = sandbox.withReady(0);
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] a #look\n");
    var run =
        sandbox.runs().stream().filter(one -> one.place().isPresent()).findFirst().orElseThrow();
    assertThat(show(run, "at.txt")).isEqualTo(trees().resolve(run.id()).toString());
    assertNothingIsLeft(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {
        "READY_RECORDED",
        "READY_MADE",
        "LINE_LAUNCHED",
        "READY_SET_UP",
        "READY_SEALED",
        "READY_GOING"
      })
  void whatAKilledDaemonHadMadeAheadGoesAtTheNextStart(Step step) throws Exception {
    sandbox.settings = sandbox.withSetUp(SET_UP);
    if (step == Step.READY_GOING) {
      sandbox.settings = sandbox.withSetUp("exit 1");
    }
    var killed = sandbox.startCrashing(step, 1);
    assertThat(killed.waitFor()).isEqualTo(137);

    sandbox.settings = sandbox.withSetUp();
    sandbox.settings = sandbox.withReady(0);
    try (var running = sandbox.start()) {
      await().until(() -> ReadyRecord.all(sandbox.state(), trees()).isEmpty());
      running.awaitQuiet();
    }

    assertNothingIsLeft(0);
  }

  @Test
  void aLeftOneWithWorkInItStays() throws Exception {
    var killed = sandbox.startCrashing(Step.ENDED, 0);
    awaitReady(1);
    var left = trees().resolve(ready().getFirst());
    killed.destroyForcibly().waitFor();
    Files.writeString(left.resolve("README.md"), "work\n");

    sandbox.settings = sandbox.withReady(0);
    try (var _ = sandbox.start()) {
      awaitNotice(left + " was made ahead, and somebody has changed it");
    }

    assertThat(left.resolve("README.md")).hasContent("work");
    assertNothingIsLeft(1);
  }
}
