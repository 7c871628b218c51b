package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Edit;
import adw.task.Mark;
import adw.task.TaskDocument;
import adw.task.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts that add lines which read nearly alike, with `>>` and with `sed -i`, between any two
/// steps of the daemon's writes: each line is there in the end, once.
class AppendersTest {
  private static final int LINES = 25;

  @TempDir Path folder;

  @Test
  void everyLineThatAScriptAddsIsThereInTheEnd() throws Exception {
    run(0, 6, 1);
  }

  @Test
  @Tag("scale")
  void everyLineOfTwoHundredScriptsIsThereInTheEnd() throws Exception {
    run(1000, 1200, 1);
  }

  @Test
  void everyLineIsThereInTheEndIfSeveralDaemonsWork() throws Exception {
    run(2000, 2006, 3);
  }

  @Test
  @Tag("scale")
  void everyLineOfOneHundredScriptsIsThereInTheEndIfSeveralDaemonsWork() throws Exception {
    run(3000, 3100, 3);
  }

  private void run(int first, int end, int daemons) throws Exception {
    for (var seed = first; seed < end; seed++) {
      var world = new World(Files.createDirectory(folder.resolve("w" + seed)), seed, daemons);
      world.live();
      assertThat(world.lost()).as("seed %d%n%s", seed, world.story).isEmpty();
    }
  }

  private static final class World {
    final Random random;
    final Path file;
    final List<TaskFile> daemons = new ArrayList<>();
    final Callable<TaskFile> opener;
    final StringBuilder story = new StringBuilder();
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    Optional<String> read = Optional.empty();
    int added;
    int ids;

    World(Path folder, long seed, int count) throws Exception {
      random = new Random(seed);
      file = folder.resolve("tasks.md");
      Files.writeString(file, "# Queue\n\n");
      var settings =
          new TaskFileSettings(file, folder.resolve("state"), Duration.ZERO, 1000, Vocabulary.NONE);
      opener = () -> TaskFile.open(settings, () -> now, GitView.NONE, this::step);
      for (var i = 0; i < count; i++) {
        daemons.add(opener.call());
      }
    }

    /// Of several, one is now and then started anew, as after a crash.
    TaskFile nextDaemon() throws Exception {
      var next = random.nextInt(daemons.size());
      if (daemons.size() > 1 && random.nextInt(4) == 0) {
        daemons.set(next, opener.call());
      }
      return daemons.get(next);
    }

    void live() throws Exception {
      while (added < LINES) {
        act();
        tick();
      }
      for (var i = 0; i < 5; i++) {
        tick();
      }
    }

    void step(WriteStep.Stage stage) throws IOException {
      if (random.nextInt(5) == 0) {
        act();
      }
      story.append(stage).append('\n');
    }

    /// `sed -i` reads at one moment and renames at a later one; nobody else adds a line meanwhile,
    /// for which adw could do nothing.
    void act() throws IOException {
      if (read.isPresent()) {
        rename(read.get() + line());
        read = Optional.empty();
      } else if (added < LINES) {
        if (random.nextBoolean()) {
          tell("reads");
          read = Optional.of(Files.readString(file));
        } else {
          var line = line();
          tell("appends " + line);
          Files.writeString(file, line, StandardOpenOption.APPEND);
        }
      }
    }

    String line() {
      added++;
      var task = "[] `echo s1-" + added + " > s1-" + added + "` #sh\n";
      return switch (random.nextInt(3)) {
        case 0 -> task;
        case 1 -> "- a note on `echo s1-" + added + " > s1-" + added + "`\n";
        default -> task + "  a body on s1-" + added + "\n\n";
      };
    }

    void rename(String text) throws IOException {
      tell("renames\n" + text);
      var draft = file.resolveSibling("draft");
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void tell(String what) {
      story.append(what).append('\n');
    }

    void tick() throws Exception {
      now = now.plusMillis(100);
      nextDaemon()
          .locked(session -> {
            if (session.read() instanceof FileReading.Current current) {
              assertThat(current.commands()).as("%s", story).isEmpty();
              work(session, current.document());
            }
            return "";
          });
      if (read.isPresent()) {
        act();
      }
      tell("--- after tick\n" + Files.readString(file));
    }

    void work(LockedTaskFile session, TaskDocument document)
        throws IOException, InterruptedException {
      var edits = new ArrayList<Edit>();
      for (var task : document.tasks()) {
        var next = next(task.mark());
        next.ifPresent(mark -> edits.add(new Edit.Rewrite(task, mark, Optional.empty())));
      }
      if (!edits.isEmpty()) {
        session.write(edits);
      }
    }

    Optional<Mark> next(Mark mark) {
      return switch (mark) {
        case Mark.Pending _ when random.nextBoolean() ->
            Optional.of(new Mark.Running(String.format(Locale.ROOT, "adw_%08x", ids++)));
        case Mark.Running(var id) when random.nextBoolean() ->
            Optional.of(new Mark.Done(Optional.of("1a2b3c4"), Optional.of(id)));
        default -> Optional.empty();
      };
    }

    List<String> lost() throws IOException {
      var text = new String(Files.readAllBytes(file), UTF_8);
      var wrong = new ArrayList<String>();
      for (var i = 1; i <= added; i++) {
        var all = count(text, "`echo s1-" + i + " > ");
        if (all != 1) {
          wrong.add("s1-" + i + ": " + all + " times");
        }
      }
      return wrong;
    }

    private static int count(String text, String part) {
      return text.split(Pattern.quote(part), -1).length - 1;
    }
  }
}
