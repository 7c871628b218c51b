package adw.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.os.process.TestChildren;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exchange, durable writes, and room on the disk.
class FilesTest {
  @TempDir private Path folder;

  @Test
  void twoFilesChangeNames() throws Exception {
    assumeTrue(NameExchange.isSupported(folder));
    var a = Files.writeString(folder.resolve("a ✅.md"), "a");
    var b = Files.writeString(folder.resolve("b"), "b");

    NameExchange.swap(a, b);

    assertThat(a).hasContent("b");
    assertThat(b).hasContent("a");
  }

  @Test
  void askingWhetherExchangeWorksLeavesNothingBehind() throws Exception {
    NameExchange.isSupported(folder);

    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aSystemWithoutSuchACallCannotExchangeAndSaysSo() throws Exception {
    var a = Files.writeString(folder.resolve("a"), "a");
    var b = Files.writeString(folder.resolve("b"), "b");

    assertThatThrownBy(() -> NameExchange.swap(a, b, Optional.empty()))
        .isInstanceOf(AtomicMoveNotSupportedException.class)
        .hasMessageContaining("this system cannot exchange two names");
    assertThat(a).hasContent("a");
  }

  @Test
  void exchangeWithAFileThatIsNotThereSaysSo() throws Exception {
    assumeTrue(NameExchange.isSupported(folder));
    var a = Files.writeString(folder.resolve("a"), "a");

    assertThatThrownBy(() -> NameExchange.swap(a, folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(a).hasContent("a");
  }

  @Test
  void aReplacedFileIsTheNewOneAndNoDraftIsLeft() throws Exception {
    var file = Files.writeString(folder.resolve("run.json"), "old");

    DurableFiles.replace(file, "new".getBytes(UTF_8));
    DurableFiles.replaceUnsynced(folder.resolve("other"), "x".getBytes(UTF_8));

    assertThat(file).hasContent("new");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void anInterruptedThreadCanStillWriteItsLastWords() throws Exception {
    Thread.currentThread().interrupt();

    DurableFiles.replace(folder.resolve("run.json"), "last".getBytes(UTF_8));
    DurableFiles.append(folder.resolve("journal"), "words\n".getBytes(UTF_8));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder.resolve("run.json")).hasContent("last");
    assertThat(folder.resolve("journal")).hasContent("words");
  }

  @Test
  void onAFullDiskTheOldFileStaysWholeAndNoHalfLineIsLeft() throws Exception {
    var small = Files.createDirectory(folder.resolve("small"));
    var mount = TestChildren.sh(folder, "mount -t tmpfs -o size=64k tmpfs small").run();
    assumeTrue(mount.succeeded());
    try {
      var file = Files.writeString(small.resolve("run.json"), "old");
      var journal = Files.writeString(small.resolve("journal"), "line\n");
      var large = new byte[100_000];

      assertThatThrownBy(() -> DurableFiles.replace(file, large)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> DurableFiles.append(journal, large)).isInstanceOf(IOException.class);

      assertThat(file).hasContent("old");
      assertThat(journal).hasContent("line");
      try (var files = Files.list(small)) {
        assertThat(files).containsExactlyInAnyOrder(file, journal);
      }
    } finally {
      TestChildren.sh(folder, "umount small").run();
    }
  }

  @Test
  void whatIsAppendedFollowsWhatWasThere() throws Exception {
    var file = folder.resolve("journal");

    DurableFiles.append(file, "a\n".getBytes(UTF_8));
    DurableFiles.appendUnsynced(file, "b\n".getBytes(UTF_8));

    assertThat(file).hasContent("a\nb");
  }

  @Test
  void aReplacementThatFailsLeavesTheOldFileAndNoDraft() throws Exception {
    Files.createDirectories(folder.resolve("taken/inside"));

    assertThatThrownBy(() -> DurableFiles.replace(folder.resolve("taken"), new byte[1]))
        .isInstanceOf(IOException.class);

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("taken"));
    }
  }

  @Test
  void aCopyHasContentModeAndTime() throws Exception {
    var source = Files.writeString(folder.resolve(".env"), "KEY=1");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-r-----"));

    Disk.copy(source, folder.resolve("copy"));

    assertThat(folder.resolve("copy")).hasContent("KEY=1");
    assertThat(Files.getPosixFilePermissions(folder.resolve("copy")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Files.getLastModifiedTime(folder.resolve("copy")))
        .isEqualTo(Files.getLastModifiedTime(source));
    assertThatThrownBy(() -> Disk.copy(source, folder.resolve("copy")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aLinkIsCopiedAsALink() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));

    Disk.copy(folder.resolve("link"), folder.resolve("copy"));

    assertThat(Files.readSymbolicLink(folder.resolve("copy"))).isEqualTo(Path.of("nowhere"));
  }

  @Test
  void theMiddleOfALogIsGivenBackAndItsEndsStay() throws Exception {
    var file = folder.resolve("stdout.log");
    Files.write(file, "x".repeat(1 << 20).getBytes(UTF_8));

    assumeTrue(Disk.tryPunchMiddle(file, 10_000));

    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      var text = new byte[1 << 20];
      log.readFully(text);
      assertThat(new String(text, 0, 10_000, UTF_8)).isEqualTo("x".repeat(10_000));
      assertThat(new String(text, text.length - 10_000, 10_000, UTF_8))
          .isEqualTo("x".repeat(10_000));
      assertThat(text[500_000]).isZero();
    }
    assertThat(TestChildren.sh(folder, "du -k stdout.log").run().outText()).startsWith("2");
  }

  @Test
  void aShortLogKeepsItsMiddle() throws Exception {
    var file = Files.writeString(folder.resolve("stdout.log"), "short");

    assertThat(Disk.tryPunchMiddle(file, 10_000)).isFalse();
    assertThat(file).hasContent("short");
    assertThat(Disk.freeBytes(folder)).isPositive();
  }
}
