package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.os.process.Command;
import adw.task.Edit;
import adw.task.Mark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal on another file system than the task file, and a disk that is full.
class PlacesTest {
  private static final Mark CLAIM = new Mark.Running("adw_aaaaaaaa");

  @TempDir Path folder;
  private Optional<Path> mounted = Optional.empty();

  private Path mount(String size) throws Exception {
    var place = Files.createDirectory(folder.resolve("mounted"));
    var mount = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", place.toString());
    assumeTrue(mount, "SKIPPED: no right to mount a tmpfs here (run as root)");
    mounted = Optional.of(place);
    return place;
  }

  /// Lazily: a lock file stays open as long as the process lives.
  @AfterEach
  void unmount() throws Exception {
    if (mounted.isPresent()) {
      run("umount", "-l", mounted.get().toString());
    }
  }

  private boolean run(String... argv) throws Exception {
    var path = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    return new Command(List.of(argv), folder, path, Duration.ofMinutes(3), new byte[0])
        .run()
        .succeeded();
  }

  private static void claim(TaskFile tasks, String text) throws Exception {
    tasks.locked(session -> {
      var current = (FileReading.Current) session.read();
      var task = TaskFileScene.find(current.document(), text);
      return session.write(List.of(new Edit.Rewrite(task, CLAIM, Optional.empty())));
    });
  }

  private static TaskFile open(Path file, Path state) throws IOException {
    var settings = TaskFileSettings.of(file, state).withSettle(Duration.ZERO);
    return TaskFile.open(settings, () -> Instant.EPOCH, GitView.NONE);
  }

  @Test
  void aJournalElsewhereExchangesBesideTheFile() throws Exception {
    var file = folder.resolve("tasks.md");
    Files.writeString(file, "[] one\n[] two\n");
    var tasks = open(file, mount("1m"));

    claim(tasks, "one");
    claim(tasks, "two");
    Files.writeString(file.resolveSibling("draft"), "[] one\n[] two\n[] three\n");
    Files.move(file.resolveSibling("draft"), file, StandardCopyOption.REPLACE_EXISTING);
    tasks.locked(LockedTaskFile::read);

    assertThat(file).hasContent("[🟡, adw_aaaaaaaa] one\n[🟡, adw_aaaaaaaa] two\n[] three\n");
    try (var names = Files.list(folder)) {
      assertThat(names.filter(name -> name.toString().contains(".adw-"))).hasSizeLessThan(2);
    }
  }

  @Test
  void aFullDiskLeavesTheOldText() throws Exception {
    var place = mount("256k");
    var text = "[] one\n" + "some note\n".repeat(4000);
    Files.writeString(place.resolve("tasks.md"), text);
    var tasks = open(place.resolve("tasks.md"), place.resolve("state"));
    tasks.locked(LockedTaskFile::read);
    fill(place.resolve("ballast"));

    assertThatThrownBy(() -> claim(tasks, "one")).isInstanceOf(IOException.class);
    assertThat(place.resolve("tasks.md")).hasContent(text);

    Files.delete(place.resolve("ballast"));
    claim(tasks, "one");
    assertThat(Files.readString(place.resolve("tasks.md"))).startsWith("[🟡, adw_aaaaaaaa] one\n");
  }

  private static void fill(Path ballast) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      for (var size = 65536; size > 0; size /= 2) {
        writeAll(out, new byte[size]);
      }
    }
  }

  private static void writeAll(OutputStream out, byte[] block) {
    try {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }
}
