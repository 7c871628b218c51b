package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;

import adw.os.process.Command;
import adw.os.process.ExitStatus;
import adw.task.Edit;
import adw.task.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two Java processes that claim from one file at once.
class TwoProcessesTest {
  private static final int TASKS = 40;

  @TempDir Path folder;

  /// Claims until nothing is left; prints each claim.
  public static void main(String[] args) throws Exception {
    var tasks = open(Path.of(args[0]));
    for (var i = 0; tasks.locked(claimOne(args[1], i)); i++) {
      Thread.onSpinWait();
    }
  }

  private static TaskFile open(Path folder) throws Exception {
    var settings =
        TaskFileSettings.of(folder.resolve("tasks.md"), folder.resolve("state"))
            .withSettle(Duration.ZERO);
    return TaskFile.open(settings, () -> Instant.EPOCH, GitView.NONE);
  }

  private static TaskFile.Work<Boolean> claimOne(String name, int number) {
    return session -> {
      var current = (FileReading.Current) session.read();
      for (var task : current.document().tasks()) {
        if (task.mark() instanceof Mark.Pending) {
          var id = String.format(Locale.ROOT, "adw_%s%07x", name, number);
          session.write(List.of(new Edit.Rewrite(task, new Mark.Running(id), Optional.empty())));
          return true;
        }
      }
      return false;
    };
  }

  @Test
  void eachTaskIsClaimedOnce() throws Exception {
    var lines = IntStream.range(0, TASKS).mapToObj(i -> "[] task " + i).toList();
    Files.write(folder.resolve("tasks.md"), lines);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var both = new ArrayList<java.util.concurrent.Future<ExitStatus>>();
      for (var name : List.of("a", "b")) {
        both.add(pool.submit(() -> claimer(name).run().status()));
      }
      for (var one : both) {
        assertThat(one.get()).isEqualTo(new ExitStatus.Exited(0));
      }
    }

    var after = Files.readAllLines(folder.resolve("tasks.md"));

    assertThat(after).hasSize(TASKS).allMatch(line -> line.startsWith("[🟡, adw_"));
    assertThat(after.stream().map(line -> line.substring(0, 18)).distinct()).hasSize(TASKS);
  }

  private Command claimer(String name) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var argv =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            TwoProcessesTest.class.getName(),
            folder.toString(),
            name);
    return new Command(argv, folder, Map.of(), Duration.ofMinutes(1), new byte[0]);
  }
}
