package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.cli.AdwProgram;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever stands under the task file's name, each command says what is wrong with it, waits for
/// nothing and leaves it as it is.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TaskFileKindTest {
  private static final List<List<String>> READERS =
      List.of(
          List.of("run", "--once"),
          List.of("run", "--dry-run"),
          List.of("add", "a task"),
          List.of("status"),
          List.of("tasks"),
          List.of("check"),
          List.of("show", "1a2b"),
          List.of("undo"),
          List.of("undo", "--file"),
          List.of("archive"),
          List.of("reset", "--yes"),
          List.of("init"));

  @TempDir Path temp;
  private AdwProgram program;
  private Path file;

  @BeforeEach
  void create() throws Exception {
    program = AdwProgram.in(temp).repository();
    file = program.folder().resolve("tasks.md");
  }

  private void sh(String script) throws Exception {
    program.exec("sh", "-c", script);
  }

  private boolean tries(String script) throws Exception {
    return program.exec("sh", "-c", script + " && echo yes || true").contains("yes");
  }

  private void assertRefused(int code, String what) throws Exception {
    for (var words : READERS) {
      var ended = program.run(words.toArray(String[]::new));
      assertThat(ended.code()).as("%s: %s", words, ended).isEqualTo(code);
      assertThat(ended.err() + ended.out()).as("%s", words).contains(what);
    }
  }

  @Test
  void aFifoIsRefusedAndNobodyWaitsForIt() throws Exception {
    sh("mkfifo pipe && ln -s pipe tasks.md");

    assertRefused(5, "is a FIFO, not a file (put a file there)");

    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(Files.isRegularFile(file)).isFalse();
  }

  @Test
  void aDeviceIsRefusedAndStaysOne() throws Exception {
    assumeTrue(tries("mknod null c 1 3"), "SKIPPED: no right to make a device");
    sh("ln -s null tasks.md");

    assertRefused(5, "is a device, not a file (put a file there)");

    assertThat(tries("test -c null && test -L tasks.md")).isTrue();
  }

  @Test
  void aSocketIsRefused() throws Exception {
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      var place = Files.createTempDirectory("adw");
      try {
        socket.bind(UnixDomainSocketAddress.of(place.resolve("s")));
        Files.createSymbolicLink(file, place.resolve("s"));

        assertRefused(5, "is a socket, not a file (put a file there)");
      } finally {
        Files.deleteIfExists(place.resolve("s"));
        Files.delete(place);
      }
    }
  }

  @Test
  void aFolderIsRefused() throws Exception {
    Files.createDirectory(file);

    assertRefused(5, "is a folder, not a file (move it away)");
  }

  @Test
  void aFileThatGrewWithoutBoundIsRefused() throws Exception {
    try (var grown = new RandomAccessFile(file.toFile(), "rw")) {
      grown.setLength(3L << 30);
    }

    assertRefused(5, "has 3072 MiB, and at most 64 are read (take out what is no task)");

    assertThat(Files.size(file)).isEqualTo(3L << 30);
    assertThat(program.run("stop").code()).isZero();
  }

  @Test
  void aLinkToNothingIsRefused() throws Exception {
    Files.createSymbolicLink(file, Path.of("gone.md"));

    for (var verb : List.of("run", "status", "check", "archive", "init")) {
      var ended = program.run(verb);
      assertThat(ended.code()).isEqualTo(3);
      assertThat(ended.err()).contains("is a link to gone.md, which does not exist (mend it)");
    }
  }

  @Test
  void anArchiveThatIsNoFileIsRefusedAndNoLineIsLost() throws Exception {
    program.write("tasks.md", "[⊘] a\n");
    sh("mkfifo tasks.done.md");

    var ended = program.run("archive");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("tasks.done.md: is a FIFO, not a file");
    assertThat(program.read("tasks.md")).isEqualTo("[⊘] a\n");
  }

  @Test
  void aReadOnlyFileStartsNothingAndSaysSoBeforehand() throws Exception {
    program.write("tasks.md", "[] `true` #sh\n");
    sh("chmod 444 tasks.md");
    var told = "tasks.md is read-only (chmod u+w tasks.md)";

    assertThat(program.run("run", "--dry-run").out()).contains(told).doesNotContain("starts");
    assertThat(program.run("status").out()).contains("nothing starts: " + told);
  }

  @Test
  void undoBringsBackAFileThatIsGone() throws Exception {
    program.write("tasks.md", "[] one\n");
    sh("chmod 640 tasks.md");
    program.run("add", "two");
    sh("rm tasks.md");

    for (var words : List.of(List.of("status"), List.of("run", "--once"), List.of("add", "x"))) {
      var ended = program.run(words.toArray(String[]::new));
      assertThat(ended.code()).isEqualTo(3);
      assertThat(ended.err()).contains("tasks.md: is gone (adw undo --file brings it back)");
    }
    assertThat(program.run("undo", "--file").out())
        .isEqualTo("tasks.md was gone: the last text that adw saw is back\n");

    assertThat(program.read("tasks.md")).isEqualTo("[] one\n[] two\n");
    assertThat(tries("test $(stat -c %a tasks.md) = 640")).isTrue();
    assertThat(program.run("undo", "--file").out()).startsWith("  1  ");
  }

  @Test
  void undoBringsBackAnEarlierVersionOfAFileThatIsGone() throws Exception {
    program.write("tasks.md", "[] one\n").run("add", "two");
    sh("rm tasks.md");

    assertThat(program.run("undo", "--file", "1").code()).isZero();

    assertThat(program.read("tasks.md")).startsWith("[] one\n");
  }
}
