package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.os.OtherUser;
import adw.os.UnusableFileException;
import adw.os.process.Command;
import adw.task.Mark;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a write of ours nobody may do more with the task file than before, and nobody less, or the
/// write is refused.
class FileRightsTest {

  @TempDir Path folder;

  private String sh(String line) throws Exception {
    var path = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    var argv = List.of("/bin/sh", "-c", line);
    var ended = new Command(argv, folder, path, Duration.ofSeconds(10), new byte[0]).run();
    assertThat(ended.succeeded()).as(line + ": " + ended).isTrue();
    return ended.outText();
  }

  private void needAccessLists() throws Exception {
    var has = sh("touch probe; setfacl -m u:4321:rw probe && echo yes || true").contains("yes");
    assumeTrue(has, "SKIPPED: no setfacl, or a file system without access lists");
  }

  private String accessList(String file) throws Exception {
    return sh("getfacl -cnp " + file);
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private TaskFileScene scene() throws Exception {
    return TaskFileScene.of(folder, "[] one\n[] two\n");
  }

  @Test
  void modeAndAttributesSurviveAWrite() throws Exception {
    var scene = scene();
    Files.setPosixFilePermissions(scene.file, PosixFilePermissions.fromString("rw-r-----"));
    var view = Files.getFileAttributeView(scene.file, UserDefinedFileAttributeView.class);
    assumeTrue(view != null, "SKIPPED: a file system without attributes");
    view.write("note", ByteBuffer.wrap("mine".getBytes(UTF_8)));

    scene.claim("one", "adw_aaaaaaaa");

    assertThat(scene.text()).startsWith("[🟡, adw_aaaaaaaa] one\n");
    assertThat(mode(scene.file)).isEqualTo("rw-r-----");
    assertThat(Files.getAttribute(scene.file, "user:note")).isEqualTo("mine".getBytes(UTF_8));
  }

  @Test
  void anAccessListSurvivesAWrite() throws Exception {
    needAccessLists();
    var scene = scene();
    sh("chmod 640 tasks.md; setfacl -m u:4321:rw,g:7:- tasks.md");
    var before = accessList("tasks.md");

    scene.claim("one", "adw_aaaaaaaa");
    scene.claim("two", "adw_bbbbbbbb");

    assertThat(accessList("tasks.md")).isEqualTo(before).contains("user:4321:rw-");
  }

  @Test
  void whatAFolderGivesToNewFilesIsNotGivenToTheTaskFile() throws Exception {
    needAccessLists();
    var scene = scene();
    sh("chmod 640 tasks.md; mkdir -p state/journal/versions");
    sh("setfacl -dm u:4321:rwx . state state/journal state/journal/versions");

    scene.claim("one", "adw_aaaaaaaa");

    assertThat(accessList("tasks.md")).doesNotContain("4321").contains("other::---");
    assertThat(mode(scene.file)).isEqualTo("rw-r-----");
  }

  @Test
  void aNewArchiveHasTheRightsOfTheTaskFile() throws Exception {
    var scene = TaskFileScene.of(folder, "[⊘] one\n[] two\n");
    Files.setPosixFilePermissions(scene.file, PosixFilePermissions.fromString("rw-------"));

    scene.tasks.locked(session -> {
      var current = (FileReading.Current) session.read();
      return session.archive(List.of(current.document().tasks().getFirst()));
    });

    assertThat(folder.resolve("tasks.done.md")).hasContent("[⊘] one\n");
    assertThat(mode(folder.resolve("tasks.done.md"))).isEqualTo("rw-------");
  }

  @Test
  void aFileThatIsBroughtBackHasTheRightsThatItHad() throws Exception {
    var scene = scene();
    scene.save("[] one\n[] two\n[] three\n");
    Files.setPosixFilePermissions(scene.file, PosixFilePermissions.fromString("rw-------"));
    scene.read();
    Files.delete(scene.file);

    scene.tasks.locked(LockedTaskFile::tryBringBack);

    assertThat(scene.text()).isEqualTo("[] one\n[] two\n[] three\n");
    assertThat(mode(scene.file)).isEqualTo("rw-------");
  }

  @Test
  void aWriteThatWouldTakeTheGroupsRightsIsRefused() throws Exception {
    var scene = scene();
    try (var _ = OtherUser.ownerOf(folder)) {
      Files.setAttribute(scene.file, "unix:mode", 0_100_604);

      assertThatThrownBy(() -> scene.claim("one", "adw_aaaaaaaa"))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("tasks.md: a new text could not keep its group ");
    }
    assertThat(scene.text()).isEqualTo("[] one\n[] two\n");
  }

  @Test
  void whichGroupMayDoWhatAllMayDoesNotMatter() throws Exception {
    var scene = scene();
    try (var _ = OtherUser.ownerOf(folder)) {
      Files.setAttribute(scene.file, "unix:mode", 0_100_666);

      scene.claim("one", "adw_aaaaaaaa");
    }
    assertThat(mode(scene.file)).isEqualTo("rw-rw-rw-");
  }

  @Test
  void theMarkOfARefusedWriteIsWrittenOnceTheRightsCanBeKept() throws Exception {
    var scene = scene();
    try (var _ = OtherUser.ownerOf(folder)) {
      Files.setAttribute(scene.file, "unix:mode", 0_100_604);
      assertThatThrownBy(() -> scene.claim("one", "adw_aaaaaaaa"))
          .isInstanceOf(UnusableFileException.class);
      Files.setAttribute(scene.file, "unix:mode", 0_100_644);

      scene.write("one", new Mark.Running("adw_cccccccc"), Optional.empty());
    }
    assertThat(scene.text()).isEqualTo("[🟡, adw_cccccccc] one\n[] two\n");
  }

  @Test
  void aFileThatWeMayNotReadIsToldWithTheCure() throws Exception {
    var scene = scene();
    try (var _ = OtherUser.ownerOf(folder)) {
      Files.setAttribute(scene.file, "unix:mode", 0_100_200);

      assertThat(scene.look())
          .isEqualTo(new FileReading.Refused(scene.file + ": cannot be read (chmod u+r tasks.md)"));
    }
  }
}
