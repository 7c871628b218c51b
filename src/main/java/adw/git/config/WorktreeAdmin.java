package adw.git.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One folder below `worktrees/` of a repository: what git knows of a linked worktree.
public record WorktreeAdmin(Path admin) {
  private static final String BRANCH = "ref: refs/heads/";
  private static final String LINK = "gitdir: ";

  public static List<WorktreeAdmin> all(Path commonDir) throws IOException {
    var worktrees = commonDir.resolve("worktrees");
    if (!Files.isDirectory(worktrees)) {
      return List.of();
    }
    var all = new ArrayList<WorktreeAdmin>();
    try (var folders = Files.newDirectoryStream(worktrees)) {
      for (var folder : folders) {
        all.add(new WorktreeAdmin(folder));
      }
    }
    return all;
  }

  /// That of the worktree in this folder, or of one that was there.
  public static Optional<WorktreeAdmin> find(Path commonDir, Path folder) throws IOException {
    var linked = findLinked(commonDir, folder);
    if (linked.isPresent()) {
      return linked;
    }
    for (var each : all(commonDir)) {
      if (each.isOf(folder)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// Where the folder's own `.git` leads, if that leads back.
  public static Optional<WorktreeAdmin> findLinked(Path commonDir, Path folder) throws IOException {
    var link = folder.resolve(".git");
    if (!Files.isRegularFile(link)) {
      return Optional.empty();
    }
    var admin = folder.resolve(target(link)).normalize();
    var linked = new WorktreeAdmin(admin);
    var ours = commonDir.resolve("worktrees").equals(admin.getParent());
    return ours && linked.isOf(folder) ? Optional.of(linked) : Optional.empty();
  }

  /// Where the folder's own `.git` leads: the common directory, or one for a worktree that leads
  /// back.
  static Optional<Path> findGitDir(Path commonDir, Path folder) throws IOException {
    var link = folder.resolve(".git");
    if (!Files.isDirectory(link) && !Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    var target = linked(link);
    if (!Files.isDirectory(target)) {
      return Optional.empty();
    }
    var gitDir = target.toRealPath();
    var isLinked =
        commonDir.resolve("worktrees").equals(gitDir.getParent())
            && Files.isRegularFile(link)
            && new WorktreeAdmin(gitDir).isOf(folder);
    return isLinked || gitDir.equals(commonDir) ? Optional.of(gitDir) : Optional.empty();
  }

  /// Where a `.git` leads, whether or not anything is there.
  public static Path linked(Path dotGit) throws IOException {
    return Files.isDirectory(dotGit) ? dotGit : dotGit.resolveSibling(target(dotGit)).normalize();
  }

  private static String target(Path dotGit) throws IOException {
    var line = RepositoryPaths.firstLine(dotGit);
    return line.startsWith(LINK) ? line.substring(LINK.length()) : line;
  }

  public boolean isOf(Path folder) throws IOException {
    var own = folder();
    return own.isPresent()
        && (own.get().equals(folder)
            || (own.get().endsWith(folder.getFileName()) && real(own.get()).equals(real(folder))));
  }

  private static Path real(Path folder) throws IOException {
    var parent = folder.toAbsolutePath().normalize().getParent();
    return parent != null && Files.exists(parent)
        ? parent.toRealPath().resolve(folder.getFileName())
        : folder.toAbsolutePath().normalize();
  }

  /// The name that git gives it by its folder, before any number.
  public static String name(Path folder) {
    var name = folder.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "-");
    var safe = name.replaceAll("\\.\\.+|^\\.|\\.$|\\.lock$", "-");
    return safe.isEmpty() ? "worktree" : safe;
  }

  /// Where the worktree is, or was.
  public Optional<Path> folder() throws IOException {
    return read("gitdir")
        .filter(text -> !text.isEmpty())
        .map(text -> admin.resolve(text).normalize())
        .map(dotGit -> dotGit.resolveSibling("").normalize());
  }

  /// The folder is there, with a `.git` that leads back here.
  public boolean isWhole() throws IOException {
    var folder = folder();
    if (folder.isEmpty() || !Files.isRegularFile(folder.get().resolve(".git"))) {
      return false;
    }
    var target = folder.get().resolve(target(folder.get().resolve(".git")));
    return Files.isDirectory(target) && Files.isSameFile(target, admin);
  }

  public Optional<String> lockReason() throws IOException {
    return read("locked");
  }

  public Optional<String> head() throws IOException {
    return read("HEAD");
  }

  public Optional<String> branch() throws IOException {
    return head()
        .filter(head -> head.startsWith(BRANCH))
        .map(head -> head.substring(BRANCH.length()));
  }

  /// Whoever removes a worktree may do so at this very moment.
  private Optional<String> read(String name) throws IOException {
    var file = admin.resolve(name);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(RepositoryPaths.firstLine(file))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }
}
