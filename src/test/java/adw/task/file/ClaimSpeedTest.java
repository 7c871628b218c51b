package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Edit;
import adw.task.Mark;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A claim in a file of 100,000 tasks, against reading, decoding, writing and syncing its bytes.
@Tag("scale")
class ClaimSpeedTest {
  @TempDir Path folder;

  @Test
  void aClaimCostsLittleMoreThanTheBytes() throws Exception {
    var file = folder.resolve("tasks.md");
    Files.write(file, text());
    var settings = TaskFileSettings.of(file, folder.resolve("state")).withSettle(Duration.ZERO);
    var tasks = TaskFile.open(settings, () -> Instant.EPOCH, GitView.NONE);
    var claims = new ArrayList<Long>();
    var bytes = new ArrayList<Long>();
    for (var i = 0; i < 25; i++) {
      bytes.add(timed(() -> copy(file)));
      var number = i;
      claims.add(timed(() -> claim(tasks, number)));
    }

    var ratio = (double) median(claims) / median(bytes);

    assertThat(ratio).as("claims " + claims + " bytes " + bytes).isLessThan(3);
  }

  private interface Action {
    void run() throws Exception;
  }

  private static long timed(Action action) throws Exception {
    var start = System.nanoTime();
    action.run();
    return (System.nanoTime() - start) / 1000;
  }

  private static long median(List<Long> all) {
    var warm = new ArrayList<>(all.subList(5, all.size()));
    warm.sort(null);
    return warm.get(warm.size() / 2);
  }

  private void copy(Path file) throws Exception {
    var text = new String(Files.readAllBytes(file), UTF_8);
    try (var out = new FileOutputStream(folder.resolve("copy").toFile())) {
      out.write(text.getBytes(UTF_8));
      out.getFD().sync();
    }
  }

  private static void claim(TaskFile tasks, int number) throws Exception {
    tasks.locked(session -> {
      var current = (FileReading.Current) session.read();
      var task = current.document().tasks().get(number * 4000);
      var id = String.format(Locale.ROOT, "adw_%08x", number);
      return session.write(List.of(new Edit.Rewrite(task, new Mark.Running(id), Optional.empty())));
    });
  }

  private static byte[] text() {
    var text = new StringBuilder();
    for (var i = 0; i < 100_000; i++) {
      text.append("[] task number ").append(i);
      text.append(" with some words that say what it is about, #tag and more\n");
    }
    return text.toString().getBytes(UTF_8);
  }
}
