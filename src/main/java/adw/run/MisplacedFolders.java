package adw.run;

import adw.os.NewFolders;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Folders under the names of files of STATE: a container makes one where it was to mount a file
/// that was not there. No look gets past them, so they go: an empty one is deleted, another is kept
/// in `STATE/misplaced`. A folder named `paused` stays, and holds everything as the file does.
final class MisplacedFolders {
  private static final List<String> FILES =
      List.of(
          "stop",
          "known",
          "settings.toml",
          "ledger.jsonl",
          "removals.jsonl",
          "moves.json",
          "sightings.json",
          "streaks.json",
          "held.json",
          "ahead.json",
          "daemon.log",
          "tasks.lock",
          "ledger.lock",
          "journal/log",
          "journal/about",
          "journal/put-back",
          "agents/raises.json");

  /// In which there are nothing but files.
  private static final List<String> FLAT =
      List.of("requests", "verified", "fetches", "ports", "ready", "daemons", "agents/paused");

  private final StateFolder state;

  MisplacedFolders(StateFolder state) {
    this.state = state;
  }

  void clear() throws IOException {
    for (var file : FILES) {
      clear(state.root().resolve(file));
    }
    for (var folder : FLAT) {
      clearIn(state.root().resolve(folder));
    }
    tell();
  }

  private void clearIn(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        clear(entry);
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return;
    }
  }

  private void clear(Path place) throws IOException {
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.deleteIfExists(place);
      } catch (DirectoryNotEmptyException used) {
        putAside(place);
      }
    }
  }

  private void putAside(Path place) throws IOException {
    var aside = freePlace(state.root().relativize(place).toString().replace('/', '-'));
    NewFolders.make(aside.resolveSibling(""));
    Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path freePlace(String name) {
    for (var number = 1; ; number++) {
      var place = asides().resolve(name + (number == 1 ? "" : "-" + number));
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        return place;
      }
    }
  }

  /// By each start until somebody has looked at them.
  private void tell() throws IOException {
    try (var kept = Files.newDirectoryStream(asides())) {
      for (var folder : kept) {
        state.damages().note(folder, "was a folder where a file of adw belongs (delete it)");
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return;
    }
  }

  private Path asides() {
    return state.root().resolve("misplaced");
  }
}
