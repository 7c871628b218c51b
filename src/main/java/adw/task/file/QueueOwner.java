package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.DurableFiles;
import adw.os.NewFolders;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which file the journal is about: a repository has one queue, in whichever of its worktrees that
/// lies. The journals of files that were the queue before are parked. Used under the lock.
///
/// @param state holds `journal`, and in `journals` the parked ones
public record QueueOwner(Path state) {
  /// The file in the journal's folder: the task file's path, from the state folder on, so that a
  /// repository may be moved or copied with all that is in it.
  private static final String ABOUT = "about";

  /// The task file of this repository; none before the first was read. What can be no path is
  /// damage, and names none.
  public Optional<Path> find() throws IOException {
    var about = journal().resolve(ABOUT);
    if (!Files.exists(about)) {
      return Optional.empty();
    }
    var path = TextFile.readAny(about);
    return path.isBlank() || path.chars().anyMatch(QueueOwner::isStrange)
        ? Optional.empty()
        : Optional.of(state.toRealPath().resolve(path).normalize());
  }

  private static boolean isStrange(int c) {
    return Character.isISOControl(c) || c == '\uFFFD';
  }

  /// Whether this file was read before, as the queue.
  public boolean isAbout(Path file) throws IOException {
    return Files.exists(journal().resolve("log"))
        && find().filter(queue -> isSame(queue, file)).isPresent();
  }

  /// Makes this file the queue unless another one is, which is returned.
  Optional<Path> claim(Path file) throws IOException {
    var found = find();
    if (found.isPresent()) {
      return found.filter(queue -> !isSame(queue, file));
    }
    begin(file);
    return Optional.empty();
  }

  /// Makes this file the queue, with the journal that it had when it was that before.
  void takeOver(Path file) throws IOException {
    var before = find();
    if (before.isPresent()) {
      NewFolders.make(state.resolve("journals"));
      Files.move(journal(), parked(before.get()));
    }
    begin(file);
  }

  private void begin(Path file) throws IOException {
    var parked = parked(file);
    if (Files.exists(parked) && !Files.exists(journal().resolve("log"))) {
      Files.deleteIfExists(journal());
      Files.move(parked, journal());
    }
    NewFolders.make(journal());
    DurableFiles.replace(journal().resolve(ABOUT), relative(file).getBytes(UTF_8));
  }

  private Path journal() {
    return state.resolve("journal");
  }

  private Path parked(Path file) throws IOException {
    return state.resolve("journals").resolve(VersionHash.of(relative(file).getBytes(UTF_8)).hex());
  }

  private String relative(Path file) throws IOException {
    return state.toRealPath().relativize(absolute(file)).toString();
  }

  /// A link in place of the file counts as the file: it is what people call it.
  private static Path absolute(Path file) throws IOException {
    var whole = file.toAbsolutePath();
    var folder = whole.getParent();
    return folder == null || !Files.exists(folder)
        ? whole.normalize()
        : folder.toRealPath().resolve(whole.getFileName());
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.equals(absolute(other)) || (Files.exists(one) && Files.isSameFile(one, other));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
