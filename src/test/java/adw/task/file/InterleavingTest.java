package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Edit;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person who saves in every way, between any two steps of the daemon's writes. Whatever the
/// order: no text that was not deleted is lost (it is in the file, or in an earlier version of it
/// if the person saved over it), no task runs twice, each result is in the file or its line was
/// taken away.
class InterleavingTest {
  /// No step fails, and nobody takes the file away.
  private static final RandomGenerator NO_FAULTS = () -> -1L;

  @TempDir Path folder;

  @Test
  void nothingIsLostInAFewInterleavings() throws Exception {
    for (var seed = 0; seed < 25; seed++) {
      run(seed);
    }
    for (var seed : List.of(1006, 1037, 1405, 1808)) {
      run(seed);
    }
  }

  @Test
  @Tag("scale")
  void nothingIsLostInAThousandInterleavings() throws Exception {
    var failed = new ArrayList<AssertionError>();
    for (var seed = 1000; seed < 2000; seed++) {
      try {
        run(seed);
      } catch (AssertionError wrong) {
        failed.add(wrong);
      }
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void nothingIsLostThoughStepsFailAndTheFileIsAwayForAMoment() throws Exception {
    for (var seed = 3000; seed < 3040; seed++) {
      run(seed, new Random(seed));
    }
  }

  @Test
  @Tag("scale")
  void nothingIsLostInAThousandInterleavingsThoughStepsFail() throws Exception {
    var failed = new ArrayList<AssertionError>();
    for (var seed = 4000; seed < 5000; seed++) {
      try {
        run(seed, new Random(seed));
      } catch (AssertionError wrong) {
        failed.add(wrong);
      }
    }
    assertThat(failed).isEmpty();
  }

  private void run(long seed) throws Exception {
    run(seed, NO_FAULTS);
  }

  private void run(long seed, RandomGenerator faults) throws Exception {
    var world = new World(Files.createDirectory(folder.resolve("w" + seed)), seed, faults);
    try {
      world.live();
    } catch (Exception | AssertionError failed) {
      throw new AssertionError("seed " + seed + "\n" + world.story + failed, failed);
    }
  }

  /// One file, one daemon, one person with an editor that may be stale.
  private static final class World {
    final Random random;
    final Path file;
    final TaskFile tasks;
    final StringBuilder story = new StringBuilder();
    final Map<String, List<String>> runs = new HashMap<>();
    final Map<String, String> alive = new HashMap<>();
    final Map<String, String> results = new HashMap<>();
    final Set<String> typed = new HashSet<>();
    String buffer = "";
    int counter;
    int actions;
    boolean busy;

    /// A line that is both reworded and elsewhere is another line by the rules.
    boolean moved;

    boolean reworded;
    Optional<OutputStream> open = Optional.empty();
    byte[] rest = {};
    final RandomGenerator faults;
    int failures;
    Optional<String> away = Optional.empty();
    final Set<String> unsure = new HashSet<>();
    Instant now = Instant.parse("2026-11-21T10:00:00Z");

    World(Path folder, long seed, RandomGenerator faults) throws IOException {
      random = new Random(seed);
      this.faults = faults;
      file = folder.resolve("tasks.md");
      Files.writeString(file, "# Queue\n\n[] " + sentence(-1) + "\n\nnote zero\n");
      typed.add(sentence(-1));
      typed.add("note zero");
      var settings =
          new TaskFileSettings(file, folder.resolve("state"), Duration.ZERO, 1000, Vocabulary.NONE);
      tasks = TaskFile.open(settings, () -> now, GitView.NONE, this::step);
    }

    void live() throws Exception {
      load();
      for (var i = 0; i < 12; i++) {
        maybeSave();
        tick();
        now = now.plusSeconds(2);
      }
      finish();
      busy = true;
      for (var i = 0; i < 4; i++) {
        tick();
        now = now.plusSeconds(2);
      }
      check();
    }

    /// Between any two steps of the protocol. Nobody pauses in the middle of a save for longer than
    /// we wait for it to be quiet.
    void step(WriteStep.Stage stage) throws IOException {
      if (stage == WriteStep.Stage.WAITING || random.nextInt(3) == 0) {
        finish();
      }
      if (!busy && random.nextInt(25) == 0) {
        save();
      }
      if (!busy && failures < 4 && isFault(30)) {
        failures++;
        tell("fails at " + stage);
        throw new Failure("no space left on device at " + stage);
      }
    }

    boolean isFault(int rarity) {
      return Math.floorMod(faults.nextLong(), rarity) == 0;
    }

    /// As it happens on a full disk.
    static final class Failure extends IOException {
      private static final long serialVersionUID = 1L;

      Failure(String message) {
        super(message);
      }
    }

    void maybeSave() throws IOException {
      if (random.nextBoolean()) {
        save();
      }
    }

    /// Half a save may end within a character.
    String current() throws IOException {
      return Files.exists(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
    }

    void load() throws IOException {
      moved = false;
      reworded = false;
      buffer = current();
    }

    void save() throws IOException {
      finish();
      if (actions++ > 25) {
        return;
      }
      if (random.nextInt(3) > 0) {
        load();
      }
      if (random.nextInt(5) == 0) {
        append();
        return;
      }
      change();
      if (isFault(4)) {
        takeAway();
      } else if (random.nextInt(3) == 0) {
        truncateAndWrite();
      } else {
        rename();
      }
    }

    void append() throws IOException {
      var line = sentence(counter++);
      typed.add(line);
      tell("append " + line);
      var text = current();
      var start = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
      Files.writeString(file, start + "[] " + line + "\n", StandardOpenOption.APPEND);
    }

    /// What this save takes away from the file is the person's own doing, stale or not.
    void forgetOverwritten() throws IOException {
      var text = current();
      typed.removeIf(words -> text.contains(words) && !buffer.contains(words));
    }

    void rename() throws IOException {
      forgetOverwritten();
      tell("rename-save\n" + buffer);
      var draft = file.resolveSibling("draft");
      Files.writeString(draft, buffer);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The second half is written a few steps later, into the same open file.
    void truncateAndWrite() throws IOException {
      forgetOverwritten();
      tell("truncate-save\n" + buffer);
      var bytes = buffer.getBytes(UTF_8);
      var half = random.nextInt(bytes.length + 1);
      open = Optional.of(Files.newOutputStream(file));
      open.get().write(bytes, 0, half);
      rest = Arrays.copyOfRange(bytes, half, bytes.length);
    }

    /// As a safe write and a sync client do: for some steps there is no file of that name.
    void takeAway() throws IOException {
      forgetOverwritten();
      tell("the file is away, to come as\n" + buffer);
      away = Optional.of(buffer);
      if (isFault(2)) {
        Files.delete(file);
      } else {
        Files.move(file, file.resolveSibling("old"), StandardCopyOption.REPLACE_EXISTING);
      }
    }

    void comeBack(String text) throws IOException {
      if (isFault(2)) {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      } else {
        var draft = file.resolveSibling("draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
      away = Optional.empty();
      tell("and is back");
    }

    void finish() throws IOException {
      if (away.isPresent()) {
        comeBack(away.get());
      }
      if (open.isPresent()) {
        open.get().write(rest);
        open.get().close();
        open = Optional.empty();
        tell("written to the end");
      }
    }

    void change() {
      var lines = new ArrayList<>(buffer.lines().toList());
      switch (random.nextInt(6)) {
        case 0, 1 -> add(lines, "[] " + sentence(counter++));
        case 2 -> add(lines, "note number " + counter++);
        case 3 -> move(lines);
        case 4 -> reword(lines);
        default -> delete(lines);
      }
      buffer = String.join("\n", lines) + "\n";
    }

    void add(List<String> lines, String line) {
      typed.add(line.startsWith("[] ") ? line.substring(3) : line);
      lines.add(random.nextInt(lines.size() + 1), line);
    }

    void move(List<String> lines) {
      if (lines.size() > 1 && !reworded) {
        moved = true;
        var line = lines.remove(random.nextInt(lines.size()));
        lines.add(random.nextInt(lines.size() + 1), line);
      }
    }

    void reword(List<String> lines) {
      for (var i = 0; i < lines.size() && !moved; i++) {
        if (lines.get(i).startsWith("[") && random.nextInt(3) == 0) {
          reworded = true;
          var word = "reworded" + counter++;
          typed.add(word);
          lines.set(i, lines.get(i).split(" // ", 2)[0] + " " + word);
          return;
        }
      }
    }

    void delete(List<String> lines) {
      if (!lines.isEmpty()) {
        lines.remove(random.nextInt(lines.size()));
      }
    }

    void tell(String what) {
      story.append(what).append('\n');
    }

    void tick() throws Exception {
      try {
        tasks.locked(session -> {
          if (session.read() instanceof FileReading.Current current) {
            forgetUnwritten(session);
            obey(current);
            session.handled();
            work(session, current.document());
            unsure.clear();
          }
          return "";
        });
      } catch (Failure | NoSuchFileException failed) {
        tell("the tick failed: " + failed);
      }
      tell("--- after tick\n" + current());
    }

    /// A run whose claim was never written has not begun.
    void forgetUnwritten(LockedTaskFile session) {
      for (var id : unsure) {
        if (!session.hasWritten(id)) {
          alive.remove(id);
          runs.values().forEach(ids -> ids.remove(id));
        }
      }
      unsure.clear();
    }

    void obey(FileReading.Current current) {
      for (var command : current.commands()) {
        tell("command " + TaskFileScene.describe(command));
        switch (command) {
          case PersonCommand.Cancel(var id, _) -> alive.remove(id);
          case PersonCommand.TakenOver(var id, _) -> alive.remove(id);
          case PersonCommand.StartOver(var task, var id) ->
              throw new AssertionError("nobody asked to start over " + task + " " + id);
          case PersonCommand.Continue _, PersonCommand.DoNotRun _ -> {}
        }
      }
    }

    void work(LockedTaskFile session, TaskDocument document)
        throws IOException, InterruptedException {
      var edits = new ArrayList<Edit>();
      for (var task : document.tasks()) {
        switch (task.mark()) {
          case Mark.Pending _ -> {
            if (alive.size() < 3) {
              edits.add(new Edit.Rewrite(task, new Mark.Running(start(task)), Optional.empty()));
            }
          }
          case Mark.Running(var id) -> {
            if (results.containsKey(id) || (alive.containsKey(id) && random.nextInt(3) == 0)) {
              edits.add(end(task, id));
            }
          }
          default -> {}
        }
      }
      if (!edits.isEmpty()) {
        session.write(edits);
      }
    }

    Edit end(Task task, String id) {
      alive.remove(id);
      results.put(id, task.text());
      tell("end " + id);
      return new Edit.Rewrite(
          task, new Mark.Done(Optional.of("1a2b3c4"), Optional.of(id)), Optional.empty());
    }

    String start(Task task) {
      var id = String.format(java.util.Locale.ROOT, "adw_%08x", counter++);
      tell("start " + id + " " + task.text());
      var words = base(task.text());
      runs.computeIfAbsent(words, _ -> new ArrayList<>()).add(id);
      alive.put(id, words);
      unsure.add(id);
      return id;
    }

    /// Words of its own, so many that a line reworded a few times is still known by them.
    static String sentence(int number) {
      return "do,the,work,of,task,so,that,it,ends"
          .replace(",", number + " ")
          .concat(Integer.toString(number));
    }

    static String base(String text) {
      return text.replaceAll(" reworded.*", "");
    }

    void check() throws IOException {
      var text = current();
      var kept = new StringBuilder(text);
      try (var files = Files.walk(file.resolveSibling("state"))) {
        for (var path : files.filter(p -> p.toString().contains("versions/")).toList()) {
          kept.append(Files.readString(path));
        }
      }
      for (var words : typed) {
        assertThat(kept.toString()).contains(words);
      }
      runs.forEach((words, ids) -> assertThat(ids).as(words).hasSizeLessThan(2));
      results.forEach((id, words) ->
          assertThat(text.contains(id) || !typed.contains(base(words)))
              .as("result of " + id + " " + words + "\n" + text)
              .isTrue());
    }
  }
}
