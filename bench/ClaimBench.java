import adw.task.Edit;
import adw.task.file.GitView;
import adw.task.Mark;
import adw.task.file.FileReading;
import adw.task.file.TaskFile;
import adw.task.file.TaskFileSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reading, parsing, claiming one task and writing a file of 100,000, against reading, decoding,
/// writing and fsyncing the same bytes. Argument: a folder to work in.
final class ClaimBench {
  private static final int TASKS = 100_000;
  private static final int ROUNDS = 30;
  private static final int WARM_UP = 5;

  private ClaimBench() {}

  public static void main(String[] args) throws Exception {
    var folder = Files.createDirectories(Path.of(args[0]));
    var text = new StringBuilder("# Tasks\n\n");
    for (var i = 0; i < TASKS; i++) {
      text.append("[] Task ").append(i).append(": do something useful with the parser #sh\n");
    }
    var tasks = Files.writeString(folder.resolve("tasks.md"), text);
    var peer = Files.writeString(folder.resolve("peer.md"), text);
    var state = Files.createDirectories(folder.resolve("state/journal")).getParent();
    var file =
        TaskFile.open(
            TaskFileSettings.of(tasks, state).withSettle(Duration.ZERO),
            InstantSource.system(),
            GitView.NONE);
    var ours = new long[ROUNDS];
    var theirs = new long[ROUNDS];
    for (var round = -WARM_UP; round < ROUNDS; round++) {
      saveAsAPersonDoes(tasks);
      var a = claim(file, round + WARM_UP + 1);
      var b = copy(peer);
      if (round >= 0) {
        ours[round] = a;
        theirs[round] = b;
      }
    }
    var a = median(ours);
    var b = median(theirs);
    System.out.printf(
        Locale.ROOT, "%-44s %10.1f %10.1f %8.2f   %s%n", "claim in 100,000 tasks (ms)", a, b, a / b, "≤ 3");
  }

  /// So that the file has to be read and parsed anew.
  private static void saveAsAPersonDoes(Path tasks) throws IOException {
    var draft = tasks.resolveSibling("draft.md");
    Files.writeString(draft, Files.readString(tasks) + "[] One more #sh\n");
    Files.move(draft, tasks, StandardCopyOption.ATOMIC_MOVE);
  }

  private static long claim(TaskFile file, int number) throws Exception {
    var start = System.nanoTime();
    file.locked(
        session -> {
          var current = (Reading.Current) session.read();
          var task =
              current.document().tasks().stream()
                  .filter(found -> found.mark() instanceof Mark.Pending)
                  .findFirst()
                  .orElseThrow();
          var running = new Mark.Running("adw_%08x".formatted(number));
          return session.write(List.of(new Edit.Rewrite(task, running, Optional.empty())));
        });
    return System.nanoTime() - start;
  }

  private static long copy(Path file) throws Exception {
    var start = System.nanoTime();
    var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    var draft = file.resolveSibling("peer.new");
    try (var out =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return System.nanoTime() - start;
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }
}
