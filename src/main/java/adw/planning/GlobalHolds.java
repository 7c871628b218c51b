package adw.planning;

import adw.json.Json;
import adw.json.JsonFile;
import adw.os.Disk;
import adw.os.TextFile;
import adw.os.UnusableFileException;
import adw.run.StateFolder;
import adw.task.TaskDocument;
import adw.task.file.FileFault;
import adw.task.readiness.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Why nothing starts at all, whatever the lines of the task file say. What takes git to find out,
/// the loop notes in `STATE/held.json`, for those who only look.
public final class GlobalHolds {
  private static final long BYTES_A_FILE = 16 << 10;
  private static final long MOST_FILES = 10_000;

  private GlobalHolds() {}

  /// Of that what a look at a few files tells.
  public static Optional<Decision.Held> find(
      StateFolder state, Path tasks, TaskDocument document, long minFree) throws IOException {
    var fault = FileFault.findUnwritable(tasks);
    if (fault.isPresent()) {
      return held(tasks.getFileName() + " " + fault.get().what(), fault.get().cure());
    }
    if (document.hasConflictMarkers()) {
      return held(
          "conflict markers in the task file: nothing starts until they are gone",
          "resolve the conflict");
    }
    if (document.isPaused()) {
      return held("the task file says <!-- adw: pause -->", "take that line out");
    }
    var pause = findPause(state);
    if (pause.isPresent()) {
      return held(pause.get().isEmpty() ? "paused" : "paused: " + pause.get(), "adw resume");
    }
    return findFullDisk(state, minFree);
  }

  /// What `adw pause` was told.
  public static Optional<String> findPause(StateFolder state) throws IOException {
    try {
      return Optional.of(TextFile.readAny(state.paused()).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UnusableFileException folder) {
      return Optional.of(""); // somebody wanted nothing to start
    }
  }

  private static Optional<Decision.Held> findFullDisk(StateFolder state, long minFree)
      throws IOException {
    var folder = Files.exists(state.root()) ? state.root() : state.root().resolveSibling("");
    var free = Disk.freeBytes(folder);
    if (free < minFree) {
      return held(
          "only " + (free >> 20) + " MiB of disk free: nothing starts below min_free", "make room");
    }
    var files = Disk.freeFiles(folder);
    return files.isPresent() && files.getAsLong() < fewestFiles(minFree)
        ? held(
            "only " + files.getAsLong() + " more files fit on the disk (inodes): nothing starts",
            "delete files")
        : Optional.empty();
  }

  /// For as much room file systems make one inode by default, up to as many as a checkout of usual
  /// size needs.
  private static long fewestFiles(long minFree) {
    return Math.min(minFree / BYTES_A_FILE, MOST_FILES);
  }

  private static Optional<Decision.Held> held(String why, String cure) {
    return Optional.of(new Decision.Held(why, cure));
  }

  /// What the loop noted at its last look.
  ///
  /// @param lasts whether it holds on when no loop runs
  public record Noted(Decision.Held hold, boolean lasts) {}

  public static Optional<Noted> noted(StateFolder state) throws IOException {
    return Optional.of(file(state).read())
        .filter(json -> json.findText("why").isPresent() && json.findText("cure").isPresent())
        .map(GlobalHolds::noted);
  }

  private static Noted noted(Json.Obj json) {
    return new Noted(new Decision.Held(json.text("why"), json.text("cure")), json.isTrue("lasts"));
  }

  public static void note(StateFolder state, Optional<Noted> hold) throws IOException {
    if (hold.isEmpty()) {
      file(state).delete();
    } else if (!hold.equals(noted(state))) {
      file(state)
          .write(
              Json.Obj.empty()
                  .with("why", hold.get().hold().why())
                  .with("cure", hold.get().hold().cure())
                  .with("lasts", hold.get().lasts()));
    }
  }

  private static JsonFile file(StateFolder state) {
    return state.json("held.json");
  }
}
