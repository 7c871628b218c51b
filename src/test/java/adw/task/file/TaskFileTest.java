package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import adw.os.process.LockHolder;
import adw.task.Edit;
import adw.task.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The protocol on a real disk: rights, links, crashes at each step, files that cannot be used.
class TaskFileTest {
  private static final String A = "adw_aaaaaaaa";

  @TempDir Path folder;

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @ParameterizedTest
  @EnumSource(WriteStep.Stage.class)
  void aCrashAtAnyStepLeavesTheOldTextOrTheNewOne(WriteStep.Stage stage) throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n");
    var crashing = scene.open(crashAt(stage));

    claimThrough(crashing);
    var after = scene.text();

    assertThat(after).isIn("[] one\n[] two\n", "[🟡, adw_aaaaaaaa] one\n[] two\n");
    assertThat(open(scene).commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(after);
  }

  @Test
  void whoeverWaitsLongForTheFileSaysSoAndWhoHoldsIt() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    var isHeld = new CountDownLatch(1);
    var isOver = new CountDownLatch(1);
    var told = new CopyOnWriteArrayList<String>();
    var holder = inFile(scene.tasks, isHeld, isOver);
    isHeld.await();

    var waiter = inFile(scene.tasks.telling(told::add), new CountDownLatch(1), isOver);
    await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
    isOver.countDown();
    CompletableFuture.allOf(holder, waiter).join();

    assertThat(told)
        .containsExactly(
            "tasks.md: waiting for its lock, which is held by "
                + LockHolder.of(ProcessHandle.current().pid()));
  }

  private static CompletableFuture<Boolean> inFile(
      TaskFile file, CountDownLatch isHeld, CountDownLatch isOver) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return file.locked(_ -> {
              isHeld.countDown();
              isOver.await();
              return true;
            });
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        Thread::startVirtualThread);
  }

  @Test
  void whatWeWroteOurselvesIsKnownUntilSomebodySaves() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n");

    scene.claim("one", A);
    assertThat(scene.tasks.isOwnWrite()).isTrue();
    saveInto(scene, scene.text().replace("two", "dwo"));
    assertThat(scene.tasks.isOwnWrite()).isFalse();

    scene.done(A, "1a2b3c4");
    assertThat(scene.tasks.isOwnWrite()).isTrue();
    scene.save(scene.text());
    assertThat(scene.tasks.isOwnWrite()).isFalse();

    Files.delete(scene.file);
    assertThat(scene.tasks.isOwnWrite()).isFalse();
  }

  /// The loop looks again only if the file is not as it wrote it.
  @ParameterizedTest
  @EnumSource(WriteStep.Stage.class)
  void aSaveOfTheSameLengthAtAnyStepOfAWriteIsSeen(WriteStep.Stage stage) throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n");
    var isSaved = new AtomicBoolean();
    var ours =
        scene.open(reached -> {
          if (reached == stage && isSaved.compareAndSet(false, true)) {
            saveInto(scene, scene.text().replace("two", "dwo"));
          }
        });

    claimThrough(ours);
    if (!ours.isOwnWrite()) {
      ours.locked(LockedTaskFile::read);
    }

    assertThat(scene.text())
        .isIn(
            isSaved.get()
                ? List.of("[🟡, adw_aaaaaaaa] one\n[] dwo\n", "[] one\n[] dwo\n")
                : List.of("[🟡, adw_aaaaaaaa] one\n[] two\n"));
  }

  private static void saveInto(TaskFileScene scene, String text) throws IOException {
    Files.writeString(scene.file, text, StandardOpenOption.WRITE); // in place, nothing is cut off
  }

  @ParameterizedTest
  @EnumSource(WriteStep.Stage.class)
  void aSaveMadeJustBeforeACrashIsNotLost(WriteStep.Stage stage) throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n");
    var crashing =
        scene.open(reached -> {
          if (reached == WriteStep.Stage.READY) {
            scene.save("[] one\n[] two\n[] three\n");
          }
          crashAt(stage).reached(reached);
        });

    claimThrough(crashing);
    open(scene);

    assertThat(scene.text()).containsAnyOf("three", "[] one\n[] two\n");
    if (stage.compareTo(WriteStep.Stage.READY) >= 0) {
      assertThat(scene.text()).contains("[] three\n").contains(" one\n[] two\n");
    }
  }

  private static WriteStep crashAt(WriteStep.Stage stage) {
    return reached -> {
      if (reached == stage) {
        throw new Crash();
      }
    };
  }

  private static void claimThrough(TaskFile tasks) throws Exception {
    try {
      tasks.locked(session -> {
        var current = (FileReading.Current) session.read();
        var task = TaskFileScene.find(current.document(), "one");
        return session.write(
            List.of(new Edit.Rewrite(task, new Mark.Running(A), Optional.empty())));
      });
    } catch (Crash expected) {
      assertThat(expected).hasNoCause();
    }
  }

  private static FileReading.Current open(TaskFileScene scene) throws Exception {
    return (FileReading.Current)
        scene.open(WriteStep.NONE).<FileReading>locked(LockedTaskFile::read);
  }

  @Test
  void modeAndLinkSurvive() throws Exception {
    var real = folder.resolve("real.md");
    Files.writeString(real, "[] one\r\n[] two");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(folder.resolve("tasks.md"), Path.of("real.md"));
    var tasks = TaskFile.open(settings(), () -> java.time.Instant.EPOCH, GitView.NONE);

    claimThrough(tasks);

    assertThat(folder.resolve("tasks.md")).isSymbolicLink();
    assertThat(real).hasContent("[🟡, adw_aaaaaaaa] one\r\n[] two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-------");
  }

  private TaskFileSettings settings() {
    return TaskFileSettings.of(folder.resolve("tasks.md"), folder.resolve("state"))
        .withSettle(Duration.ZERO);
  }

  @Test
  void whatCannotBeReadIsSaidWithWhereAndWhatAndNothingIsWritten() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");

    Files.write(scene.file, new byte[0]);
    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
    assertThat(scene.file).isEmptyFile();

    Files.write(scene.file, new byte[] {'[', ']', ' ', (byte) 0xff, '\n', 'a', 'b', 'c'});
    assertThat(scene.look())
        .isInstanceOfSatisfying(
            FileReading.Refused.class, refused -> assertThat(refused.why()).contains("byte"));

    Files.delete(scene.file);
    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);

    Files.createSymbolicLink(scene.file, Path.of("nowhere.md"));
    assertThat(scene.look()).isInstanceOf(FileReading.Refused.class);
  }

  /// A writer that truncated the file may have been cut off, and a sync client may bring the text
  /// back: no run ends by it, and none begins twice.
  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n", "\uFEFF \r\n\t\n"})
  void nothingIsConcludedFromAFileThatLostItsInk(String blank) throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n");
    scene.claim("one", "adw_aaaaaaaa");
    scene.claim("two", "adw_bbbbbbbb");
    scene.done("adw_bbbbbbbb", "1a2b3c4");

    Files.writeString(scene.file, blank);
    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
    await().until(() -> scene.look() instanceof FileReading.Refused);

    scene.now = scene.now.plusSeconds(60);
    assertThat(scene.look())
        .isInstanceOfSatisfying(
            FileReading.Refused.class,
            refused -> assertThat(refused.why()).contains("tasks.md: has no text any more"));
    assertThat(scene.file).hasContent(blank);
    Files.writeString(scene.file, "[] one\n[] two\n");
    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            """
            [🟡, adw_aaaaaaaa] one
            [✅ 1a2b3c4, adw_bbbbbbbb] two // already done; to run it again write [retry]
            """);
  }

  @Test
  void nothingIsConcludedFromBytesThatAreNoText() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    scene.claim("one", "adw_aaaaaaaa");
    var good = scene.text();

    Files.write(scene.file, new byte[] {'#', ' ', 'T', '\n', 0, 0, 0, 0});
    assertThat(scene.look())
        .isInstanceOfSatisfying(
            FileReading.Refused.class,
            refused -> assertThat(refused.why()).contains("byte 4 is NUL"));
    scene.now = scene.now.plusSeconds(60);
    scene.look();
    scene.save(good);

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(good);
  }

  @Test
  void aReadOnlyFileIsRefused() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    Files.setPosixFilePermissions(scene.file, PosixFilePermissions.fromString("r--r--r--"));

    assertThat(scene.look())
        .isInstanceOfSatisfying(
            FileReading.Refused.class, refused -> assertThat(refused.why()).contains("read-only"));
    assertThatThrownBy(() -> scene.edit(List.of())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void conflictMarkersHoldTheFile() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");

    scene.save("<<<<<<< HEAD\n[] one\n=======\n[] two\n>>>>>>> other\n");

    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
  }

  @Test
  void whoStillHadTheOldFileOpenIsHeard() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    try (var late = Files.newOutputStream(scene.file, StandardOpenOption.APPEND)) {
      scene.claim("one", A);
      late.write("[] two\n".getBytes(UTF_8));
    }

    scene.read();

    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n[] two\n");
  }

  /// By whoever writes slowly into the old file, or by a power cut.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsCutOffInADisplacedFileTakesNoLineAway(boolean isNewProcess) throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n[] three\n");
    scene.claim("one", "adw_aaaaaaaa");
    scene.claim("three", "adw_bbbbbbbb");
    var before = scene.text();
    for (var version : scene.tasks.locked(LockedTaskFile::versions)) {
      Files.writeString(
          version.path(),
          Files.readString(version.path()).lines().findFirst().orElseThrow() + "\n");
    }

    var reader = isNewProcess ? scene.open(WriteStep.NONE) : scene.tasks;
    for (var seconds = 0; seconds < 20; seconds += 5) {
      scene.now = scene.now.plusSeconds(seconds);
      var seen = (FileReading.Current) reader.locked(LockedTaskFile::read);
      assertThat(seen.commands()).isEmpty();
    }

    assertThat(scene.text()).isEqualTo(before);
  }

  @Test
  void aDisplacedFileWithNothingOfWhatStoodThereTakesNoLineAwayAndIsNamed() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n[] three\n");
    scene.claim("one", "adw_aaaaaaaa");
    scene.claim("three", "adw_bbbbbbbb");
    var before = scene.text();
    var version = scene.tasks.locked(LockedTaskFile::versions).getFirst().path();
    Files.writeString(version, "k");

    var told = new ArrayList<String>();
    var reader = scene.open(WriteStep.NONE).telling(told::add);
    for (var i = 0; i < 2; i++) {
      assertThat(((FileReading.Current) reader.locked(LockedTaskFile::read)).commands()).isEmpty();
    }

    assertThat(scene.text()).isEqualTo(before);
    assertThat(told).singleElement().asString().startsWith(version + ": has nothing of what");
  }

  @Test
  void noEarlierVersionLooksYoungerThanALaterOne() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    scene.now = Instant.now();
    scene.claim("one", A);
    scene.done(A, "1234567");
    var versions = scene.tasks.locked(LockedTaskFile::versions);
    Files.setLastModifiedTime(versions.getLast().path(), FileTime.fromMillis(1000)); // a look at it

    var again = scene.tasks.locked(LockedTaskFile::versions);

    assertThat(again).hasSameSizeAs(versions);
    assertThat(again)
        .extracting(FileVersion::replacedAt)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void withoutExchangeAPlainRenameDoes() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    scene.tasks.writer().swap().usePlainRename();

    scene.claim("one", A);
    scene.save("[] one\n[] two\n");
    scene.read();

    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n[] two\n");
  }

  @Test
  void theJournalStaysSmallAndForgetsNoRunningTask() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n");
    scene.claim("two", "adw_22222222");
    for (var i = 0; i < 1500; i++) {
      scene.end("adw_22222222", new Mark.NeedsYou("adw_22222222"), Optional.of("question " + i));
      scene.end("adw_22222222", new Mark.Running("adw_22222222"), Optional.empty());
    }

    assertThat(Files.size(scene.state.resolve("journal/log"))).isLessThan(1 << 20);
    scene.save("[] one\n[] two\n");
    open(scene);
    assertThat(scene.text()).isEqualTo("[] one\n[🟡, adw_22222222] two\n");
  }

  @Test
  void aWriteThatACrashCutOffIsKnownThoughWhatItDisplacedWasClearedAway() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    claimThrough(scene.open(crashAt(WriteStep.Stage.EXCHANGED)));
    try (var versions = Files.list(scene.state.resolve("journal/versions"))) {
      for (var version : versions.toList()) {
        Files.delete(version);
      }
    }

    TaskFile.Work<Boolean> isKnown =
        session -> {
          session.read();
          return session.hasWritten(A);
        };

    assertThat(scene.open(WriteStep.NONE).locked(isKnown)).isTrue();
    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n");
  }

  @Test
  void aTornLastRecordOfTheJournalIsIgnored() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    scene.claim("one", A);
    var log = scene.state.resolve("journal/log");
    Files.write(log, new byte[] {0, 0, 1, 0, 7, 7, 7, 7, 2, 2}, StandardOpenOption.APPEND);

    scene.save("[] one\n[] two\n");

    assertThat(open(scene).commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n[] two\n");
  }

  @Test
  void aRecordOfANewerAdwIsToldWithFileAndCure() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    scene.claim("one", A);
    var log = scene.state.resolve("journal/log");
    var crc = new CRC32C();
    crc.update(99);
    var record = ByteBuffer.allocate(9).putInt(1).putInt((int) crc.getValue()).put((byte) 99);
    Files.write(log, record.array(), StandardOpenOption.APPEND);
    Files.write(log, record.array(), StandardOpenOption.APPEND);

    assertThatThrownBy(() -> open(scene))
        .isInstanceOf(IOException.class)
        .hasMessage(
            log
                + ": a record that this adw cannot read: of unknown kind 99"
                + " (use the newer adw that wrote it, or adw reset)");
    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n");
  }

  @Test
  void aLineThatAppearsWhileWatchedMustStandStill() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    var tasks =
        TaskFile.open(settings().withSettle(Duration.ofSeconds(3)), () -> scene.now, GitView.NONE);
    TaskFile.Work<FileReading.Current> read = session -> (FileReading.Current) session.read();
    assertThat(tasks.locked(read).withheld()).isEmpty();

    scene.save("[] one\n[] tw\n");
    assertThat(tasks.locked(read).withheld()).hasSize(1);
    assertThat(tasks.locked(read).lookAgain()).contains(scene.now.plusSeconds(3));
    scene.now = scene.now.plusSeconds(3);
    assertThat(tasks.locked(read).withheld()).isEmpty();

    scene.save("[] one\n[] tw\n[] th\n");
    tasks.locked(read);
    scene.save("[] one\n[] tw\n[] three\n");
    assertThat(tasks.locked(read).lookAgain()).contains(scene.now.plusSeconds(10));
  }

  @Test
  void gitIsNotAPerson() throws Exception {
    var git = new FakeGit();
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n", WriteStep.NONE, git);
    scene.claim("one", A);
    scene.claim("two", "adw_bbbbbbbb");
    scene.done("adw_bbbbbbbb", "1a2b3c4");
    var marked = scene.text();

    git.stored = "[] one\n[] two\n";
    scene.save(git.stored);
    var reading = scene.read();

    assertThat(reading.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(git.stored);
    assertThat(reading.withheld()).hasSize(2);

    scene.save(marked);
    reading = scene.read();
    assertThat(reading.commands()).isEmpty();
    assertThat(reading.withheld()).isEmpty();
    assertThat(scene.text()).isEqualTo(marked);
  }

  @Test
  void afterGitAPersonsSaveBringsTheMarksBack() throws Exception {
    var git = new FakeGit();
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n", WriteStep.NONE, git);
    scene.claim("one", A);
    git.position = "elsewhere";
    scene.save("[] one\n[] two\n");
    assertThat(scene.read().withheld()).hasSize(1);

    scene.save("[] one\n[] two\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n[] two\n[] three\n");
  }

  @Test
  void newLinesOfAnotherBranchWaitUntilItIsLeft() throws Exception {
    var git = new FakeGit();
    var scene = TaskFileScene.of(folder, "[] one\n", WriteStep.NONE, git);
    git.home = false;
    git.position = "elsewhere";
    scene.save("[] one\n[] foreign\n");

    assertThat(scene.read().withheld())
        .singleElement()
        .satisfies(held -> assertThat(held.task().text()).isEqualTo("foreign"));

    git.home = true;
    assertThat(scene.read().withheld()).isEmpty();
  }

  @Test
  void whileGitWritesNothingIsConcluded() throws Exception {
    var git = new FakeGit();
    var scene = TaskFileScene.of(folder, "[] one\n", WriteStep.NONE, git);
    git.writing = true;

    scene.save("[] one\n[] two\n");

    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
  }

  /// Says of a tracked file what the test tells it to.
  private static final class FakeGit implements GitView {
    String position = "home";
    String stored = "";
    boolean writing;
    boolean home = true;

    @Override
    public boolean isTracked() {
      return true;
    }

    @Override
    public String position() {
      return position;
    }

    @Override
    public boolean isWriting() {
      return writing;
    }

    @Override
    public boolean isMerging() {
      return false;
    }

    @Override
    public boolean isStored(byte[] bytes) {
      return stored.equals(new String(bytes, UTF_8));
    }

    @Override
    public boolean isHome() {
      return home;
    }
  }
}
