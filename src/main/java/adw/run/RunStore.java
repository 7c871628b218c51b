package adw.run;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.MachineLack;
import adw.os.TextFile;
import adw.os.UnusableFileException;
import adw.text.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
public final class RunStore {
  private final StateFolder state;

  public RunStore(StateFolder state) {
    this.state = state;
  }

  public StateFolder state() {
    return state;
  }

  /// A fresh id: `adw_` and 8 lower-case hex digits that no run of this repository has.
  public String newId(RandomGenerator random) {
    while (true) {
      var id = RunId.of(random.nextInt());
      if (!Files.exists(state.run(id))) {
        return id;
      }
    }
  }

  /// What there is of a run's record. One that cannot be used costs its own run, and no other.
  public sealed interface Found {
    record Kept(Run run) implements Found {}

    record Absent() implements Found {}

    /// Of a newer adw, or closed to us: whoever can read it goes on with it.
    record Foreign(String why) implements Found {}

    /// A power cut has damaged it: the run counts as lost.
    record Damaged(String why) implements Found {}
  }

  /// The record, where it can be used; where not, that is noted with the cure.
  public Optional<Run> find(String id) throws IOException {
    return look(id) instanceof Found.Kept(var run) ? Optional.of(run) : Optional.empty();
  }

  public Found look(String id) throws IOException {
    if (!RunId.isId(id)) {
      return new Found.Absent();
    }
    var found = read(file(id), id);
    switch (found) {
      case Found.Kept _, Found.Absent _ -> state.damages().forget(file(id));
      case Found.Foreign(var why) -> state.damages().note(file(id), why);
      case Found.Damaged(var why) ->
          state
              .damages()
              .note(file(id), "is damaged: " + why + " (write [retry] in the line of " + id + ")");
    }
    return found;
  }

  private static Found read(Path file, String id) throws IOException {
    try {
      return parsed(Json.parseObject(TextFile.read(file)), id);
    } catch (NoSuchFileException e) {
      return new Found.Absent();
    } catch (AccessDeniedException e) {
      return new Found.Foreign("no permission to read it (chown it to who runs adw)");
    } catch (UnusableFileException | FileSystemException e) {
      return lost(e, String.valueOf(e.getMessage()).replace(file + ": ", ""));
    } catch (JsonException e) {
      return new Found.Damaged(String.valueOf(e.getMessage()));
    }
  }

  private static Found lost(IOException e, String why) throws IOException {
    if (MachineLack.isPassing(e)) {
      throw e;
    }
    return new Found.Damaged(why);
  }

  private static Found parsed(Json.Obj json, String id) {
    var newer = RunJson.findNewerWord(json);
    if (newer.isPresent()) {
      return new Found.Foreign(
          newer.get() + " is a word of a newer adw (go on with that one, or adw reset)");
    }
    var run = RunJson.read(json);
    return run.id().equals(id)
        ? new Found.Kept(run)
        : new Found.Damaged("it is the record of " + run.id());
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

  /// Whether a record was ever written. A folder alone may be that of a run to come.
  public boolean isRecorded(String id) {
    return Files.exists(file(id));
  }

  /// Whether there is a record that nobody will ever read.
  public boolean isDamaged(String id) throws IOException {
    return look(id) instanceof Found.Damaged;
  }

  /// What is wrong with a record that cannot be read, and where it is.
  public Optional<String> findDamage(String id) throws IOException {
    return switch (look(id)) {
      case Found.Kept _, Found.Absent _ -> Optional.empty();
      case Found.Foreign(var why) -> Optional.of(file(id) + ": " + why);
      case Found.Damaged(var why) ->
          Optional.of(file(id) + " is damaged, its run counts as lost: " + why);
    };
  }

  /// The record of a run that must exist.
  public Run read(String id) throws IOException {
    return switch (look(id)) {
      case Found.Kept(var run) -> run;
      case Found.Absent _ -> throw new JsonException("no run " + id);
      case Found.Foreign(var why) -> throw new JsonException(file(id) + ": " + why);
      case Found.Damaged(var why) -> throw new JsonException(file(id) + " is damaged: " + why);
    };
  }

  /// Replaces the record as a whole; it survives a power cut.
  public Run write(Run run) throws IOException {
    state.createRun(run.id());
    DurableFiles.replace(file(run.id()), bytes(run));
    return run;
  }

  private Path file(String id) {
    return state.run(id).resolve("run.json");
  }

  private static byte[] bytes(Run run) {
    return (RunJson.write(run).writePretty() + "\n").getBytes(StandardCharsets.UTF_8);
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
        if (RunId.isId(name)) {
          ids.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return ids;
  }

  /// Marks a run as not ended; before its claim is written to the task file. It survives a power
  /// cut: whoever comes next finds by it what is to be gone on with.
  public void open(String id) throws IOException {
    if (!Files.exists(state.open().resolve(id))) {
      Files.createFile(state.open().resolve(id));
      DurableFiles.syncDirectory(state.open());
    }
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
