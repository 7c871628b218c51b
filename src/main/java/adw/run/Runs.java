package adw.run;

import adw.os.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The records of all runs of one repository, on disk.
public final class Runs {
  private static final int ID_DIGITS = 8;

  private final State state;

  public Runs(State state) {
    this.state = state;
  }

  public State state() {
    return state;
  }

  /// A fresh id: `adw_` and 8 lower-case hex digits that no run of this repository has.
  public String newId(RandomGenerator random) {
    while (true) {
      var id = "adw_%08x".formatted(random.nextInt());
      if (!Files.exists(state.run(id))) {
        return id;
      }
    }
  }

  /// Whether the text has the shape of a run's id.
  public static boolean isId(String text) {
    return text.length() == "adw_".length() + ID_DIGITS
        && text.startsWith("adw_")
        && text.substring("adw_".length())
            .chars()
            .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// A record that a power cut has damaged counts as lost: one must not stop all others.
  public Optional<Run> find(String id) throws IOException {
    try {
      return load(id);
    } catch (RunException damaged) {
      return Optional.empty();
    }
  }

  /// Differs from one writing of a record to the next: for whoever keeps what it said.
  ///
  /// @param file each writing is a file of its own
  public record Version(Object file, FileTime at, long size) {}

  public Optional<Version> findVersion(String id) throws IOException {
    try {
      var is = Files.readAttributes(file(id), BasicFileAttributes.class);
      var file = is.fileKey() == null ? "" : is.fileKey(); // not every system numbers its files
      return Optional.of(new Version(file, is.lastModifiedTime(), is.size()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Whether there is a record that cannot be read.
  public boolean isDamaged(String id) throws IOException {
    return findDamage(id).isPresent();
  }

  /// What is wrong with a record that cannot be read, and where it is.
  public Optional<String> findDamage(String id) throws IOException {
    try {
      load(id);
      return Optional.empty();
    } catch (RunException damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
  }

  /// The record of a run that must exist.
  public Run read(String id) throws IOException {
    return load(id).orElseThrow(() -> new RunException("no run " + id));
  }

  private Optional<Run> load(String id) throws IOException {
    if (!isId(id)) {
      return Optional.empty();
    }
    try {
      var text = Files.readString(file(id), StandardCharsets.UTF_8);
      return Optional.of(RunFormat.read(Json.parseObject(text)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (RunException e) {
      throw new RunException(
          file(id) + " is damaged, its run counts as lost: " + e.getMessage(), e);
    }
  }

  /// Replaces the record as a whole; it survives a power cut.
  public Run write(Run run) throws IOException {
    state.createRun(run.id());
    Durable.replace(file(run.id()), bytes(run));
    return run;
  }

  private Path file(String id) {
    return state.run(id).resolve("run.json");
  }

  private static byte[] bytes(Run run) {
    return (RunFormat.write(run).writePretty() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Ids of all runs ever, in no order.
  public List<String> ids() throws IOException {
    return names(state.runs());
  }

  /// Ids of the runs that have not ended.
  public List<String> openIds() throws IOException {
    return names(state.open());
  }

  /// Ids of the runs that hold a slot, over all daemons.
  public List<String> liveIds() throws IOException {
    return names(state.live());
  }

  private static List<String> names(Path folder) throws IOException {
    var ids = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (isId(name)) {
          ids.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return ids;
  }

  /// Marks a run as not ended; before its claim is written to the task file.
  public void open(String id) throws IOException {
    touch(state.open().resolve(id));
  }

  public void close(String id) throws IOException {
    Files.deleteIfExists(state.open().resolve(id));
  }

  public void takeSlot(String id) throws IOException {
    touch(state.live().resolve(id));
  }

  public void freeSlot(String id) throws IOException {
    Files.deleteIfExists(state.live().resolve(id));
  }

  private static void touch(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
  }
}
