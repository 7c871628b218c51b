package adw.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir private Path folder;

  @Test
  void aRenameOverTheFileIsSeen() throws Exception {
    var draft = Files.writeString(folder.resolve("draft"), "new");
    try (var watch = FolderWatch.of(folder, "tasks.md"::equals)) {
      Files.move(draft, folder.resolve("tasks.md"), StandardCopyOption.ATOMIC_MOVE);

      assertThat(watch.await(LONG)).isTrue();
    }
  }

  @Test
  void filesWithOtherNamesAreNoEvent() throws Exception {
    try (var watch = FolderWatch.of(folder, "tasks.md"::equals)) {
      Files.writeString(folder.resolve("other"), "x");

      assertThat(watch.await(SHORT)).isFalse();
    }
  }

  @Test
  void manyEventsAreOneAndAnOverflowIsOneToo() throws Exception {
    try (var watch = FolderWatch.of(folder)) {
      for (int i = 0; i < 3000; i++) {
        Files.createFile(folder.resolve("f" + i));
      }

      assertThat(watch.await(LONG)).isTrue();
      while (watch.await(SHORT)) {}
      assertThat(watch.await(SHORT)).isFalse();
    }
  }

  @Test
  void itCanBeWokenFromAnyThreadAndEarly() throws Exception {
    try (var watch = FolderWatch.of(folder)) {
      Thread.startVirtualThread(watch::wake);
      assertThat(watch.await(LONG)).isTrue();

      watch.wake();
      watch.wake();
      assertThat(watch.await(LONG)).isTrue();
      assertThat(watch.await(SHORT)).isFalse();
    }
  }

  @Test
  void severalFoldersCanBeWatched() throws Exception {
    var requests = Files.createDirectory(folder.resolve("requests"));
    try (var watch = FolderWatch.of(folder, "tasks.md"::equals)) {
      watch.add(requests, _ -> true);
      Files.createFile(requests.resolve("cancel"));

      assertThat(watch.await(LONG)).isTrue();
    }
  }

  @Test
  void aFolderThatGoesAwayIsAnEvent() throws Exception {
    var inner = Files.createDirectory(folder.resolve("inner"));
    try (var watch = FolderWatch.of(inner)) {
      Files.delete(inner);

      assertThat(watch.await(LONG)).isTrue();
    }
  }

  @Test
  void withoutAWatchItCanStillBeWoken() throws Exception {
    try (var watch = FolderWatch.none()) {
      assertThat(watch.await(SHORT)).isFalse();
      watch.wake();
      assertThat(watch.await(LONG)).isTrue();
    }
  }
}
