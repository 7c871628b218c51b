package adw.agent.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A checkout of a known repository, and where git keeps what belongs to it alone; read from its
/// files, since the program is started in the workflow's own process, which knows nothing of git
/// otherwise.
///
/// @param gitDir the common directory itself for the main checkout
record AgentCheckout(Path top, Path gitDir, Path commonDir) {
  private static final String LINK = "gitdir: ";

  /// The checkout that holds the directory. A `.git` that does not lead to this repository, or that
  /// the repository does not lead back to, may be the work of an agent: it is passed over.
  static Optional<AgentCheckout> find(Path directory, Path commonDir) throws IOException {
    if (!Files.isDirectory(commonDir)) {
      return Optional.empty();
    }
    var common = commonDir.toRealPath();
    for (var at = directory.toRealPath(); at != null; at = at.getParent()) {
      var gitDir = gitDir(at.resolve(".git"), common);
      if (gitDir.isPresent()) {
        return Optional.of(new AgentCheckout(at, gitDir.get(), common));
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> gitDir(Path link, Path common) throws IOException {
    if (Files.isDirectory(link)) {
      return Optional.of(link.toRealPath()).filter(common::equals);
    }
    if (!Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    var line = line(link);
    var target = link.resolveSibling(line.startsWith(LINK) ? line.substring(LINK.length()) : line);
    if (!Files.isDirectory(target)) {
      return Optional.empty();
    }
    var gitDir = target.toRealPath();
    return gitDir.equals(common) || isOf(gitDir, link, common)
        ? Optional.of(gitDir)
        : Optional.empty();
  }

  private static boolean isOf(Path admin, Path link, Path common) throws IOException {
    var back = admin.resolve("gitdir");
    return common.resolve("worktrees").equals(admin.getParent())
        && Files.isRegularFile(back, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(admin.resolve(line(back)))
        && Files.isSameFile(admin.resolve(line(back)), link);
  }

  boolean isMain() {
    return gitDir.equals(commonDir);
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
        if (!entry.equals(gitDir) && Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS)) {
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
