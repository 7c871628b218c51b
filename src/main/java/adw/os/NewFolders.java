package adw.os;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders that are made in one that is there. `Files.createDirectories` would make all above too,
/// and so a second repository at the place from which the first was moved away.
public final class NewFolders {
  private NewFolders() {}

  /// The folder is there afterwards.
  ///
  /// @throws java.nio.file.NoSuchFileException if the one that it lies in is not there
  public static Path make(Path folder) throws IOException {
    try {
      return Files.createDirectory(folder);
    } catch (FileAlreadyExistsException there) {
      if (Files.isDirectory(folder)) {
        return folder;
      }
      throw there;
    }
  }

  /// The folder and the one that it lies in are there afterwards.
  ///
  /// @throws java.nio.file.NoSuchFileException if the one above both is not there
  public static Path makeWithParent(Path folder) throws IOException {
    make(folder.resolveSibling(""));
    return make(folder);
  }

  /// The folder and those between it and an upper one are there afterwards.
  ///
  /// @throws java.nio.file.NoSuchFileException if the upper one is not there
  public static Path makeBelow(Path upper, Path folder) throws IOException {
    var at = upper;
    for (var name : upper.relativize(folder)) {
      at = make(at.resolve(name));
    }
    return at;
  }
}
