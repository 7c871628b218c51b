package adw.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the checkout that a program works in keeps what belongs to it; read from its files, since
/// the program is started in the workflow's own process, which knows nothing of git otherwise.
record WorkTree(Path top, Path gitDir, Path commonDir) {
  /// The checkout that holds the directory.
  static Optional<WorkTree> find(Path directory) throws IOException {
    for (var at = directory.toRealPath(); at != null; at = at.getParent()) {
      var link = at.resolve(".git");
      if (Files.isDirectory(link)) {
        return Optional.of(new WorkTree(at, link, link));
      }
      if (Files.isRegularFile(link)) {
        return Optional.of(linked(at, link));
      }
    }
    return Optional.empty();
  }

  private static WorkTree linked(Path top, Path link) throws IOException {
    var gitDir = top.resolve(line(link).replaceFirst("^gitdir: ", "")).normalize();
    var pointer = gitDir.resolve("commondir");
    var common = Files.exists(pointer) ? gitDir.resolve(line(pointer)).normalize() : gitDir;
    return new WorkTree(top, gitDir, common);
  }

  /// The other linked worktrees of the repository, as far as they are still there.
  List<Path> others() throws IOException {
    var found = new ArrayList<Path>();
    var admin = commonDir.resolve("worktrees");
    if (!Files.isDirectory(admin)) {
      return found;
    }
    try (var entries = Files.newDirectoryStream(admin)) {
      for (var entry : entries) {
        var pointer = entry.resolve("gitdir");
        if (!entry.equals(gitDir) && Files.exists(pointer)) {
          found.add(entry.resolve(line(pointer)).normalize().resolveSibling("").normalize());
        }
      }
    }
    return found;
  }

  private static String line(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
