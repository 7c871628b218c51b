package adw.git.config;

import adw.os.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Where a repository lies, found by reading two or three small files: no object is opened, no
/// process started, no class of JGit loaded.
public record RepositoryPaths(Path gitDir, Path commonDir, Optional<Path> workTree) {
  private static final String BRANCH = "ref: refs/heads/";

  /// The repository that holds this folder: its own `.git`, a parent's, or a bare one.
  public static Optional<RepositoryPaths> find(Path folder) throws IOException {
    for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      var found = findIn(at);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The checkout of a known repository that holds this folder. A `.git` that does not lead to that
  /// repository, or that it does not lead back to, may be the work of an agent: it is passed over.
  public static Optional<RepositoryPaths> findOf(Path commonDir, Path folder) throws IOException {
    if (!Files.isDirectory(commonDir)) {
      return Optional.empty();
    }
    var common = commonDir.toRealPath();
    for (var at = folder.toRealPath(); at != null; at = at.getParent()) {
      var gitDir = WorktreeAdmin.findGitDir(common, at);
      if (gitDir.isPresent()) {
        return Optional.of(new RepositoryPaths(gitDir.get(), common, Optional.of(at)));
      }
    }
    return Optional.empty();
  }

  private static Optional<RepositoryPaths> findIn(Path folder) throws IOException {
    var dotGit = folder.resolve(".git");
    if (Files.isRegularFile(dotGit)) {
      return Optional.of(of(linked(dotGit), Optional.of(folder)));
    }
    if (isGitDir(dotGit)) {
      return Optional.of(of(dotGit, Optional.of(folder)));
    }
    return isGitDir(folder) ? Optional.of(of(folder, Optional.empty())) : Optional.empty();
  }

  private static Path linked(Path dotGit) throws IOException {
    var text = firstLine(dotGit);
    var folder = dotGit.resolveSibling(text.substring(text.indexOf(' ') + 1)).normalize();
    if (!text.startsWith("gitdir: ") || !isGitDir(folder)) {
      throw new GitException(
          dotGit + ": points to no repository (cure: git worktree repair, in the main one)");
    }
    return folder;
  }

  public static RepositoryPaths of(Path gitDir, Optional<Path> workTree) throws IOException {
    var link = gitDir.resolve("commondir");
    var common = Files.exists(link) ? gitDir.resolve(firstLine(link)).normalize() : gitDir;
    return new RepositoryPaths(gitDir, common, workTree);
  }

  public static boolean isGitDir(Path folder) {
    var whole =
        Files.isDirectory(folder.resolve("objects")) && Files.isDirectory(folder.resolve("refs"));
    return Files.exists(folder.resolve("HEAD"))
        && (whole || Files.exists(folder.resolve("commondir")));
  }

  /// Whether this is not one of the linked worktrees.
  public boolean isMain() {
    return gitDir.equals(commonDir);
  }

  /// The folders of the linked worktrees but this one, also of those that are gone.
  public List<Path> otherWorktrees() throws IOException {
    var folders = new ArrayList<Path>();
    for (var each : WorktreeAdmin.all(commonDir)) {
      if (!each.admin().equals(gitDir)) {
        each.folder().ifPresent(folders::add);
      }
    }
    return folders;
  }

  /// The branch that is checked out here, also one without a commit; none when HEAD is detached.
  public Optional<String> branch() throws IOException {
    var head = firstLine(gitDir.resolve("HEAD"));
    return head.startsWith(BRANCH)
        ? Optional.of(head.substring(BRANCH.length()))
        : Optional.empty();
  }

  /// The commit that is checked out here, none in a repository without one.
  public Optional<String> commit() throws IOException {
    var head = firstLine(gitDir.resolve("HEAD"));
    return head.startsWith("ref: ") ? findRef(head.substring("ref: ".length())) : Optional.of(head);
  }

  /// The folders of the linked worktrees that have this branch checked out, also half made or
  /// broken ones; not of those that are gone.
  public List<Path> worktreesOn(String branch) throws IOException {
    var folders = new ArrayList<Path>();
    for (var each : WorktreeAdmin.all(commonDir)) {
      if (each.branch().equals(Optional.of(branch))) {
        each.folder().filter(Files::isDirectory).ifPresent(folders::add);
      }
    }
    return folders;
  }

  /// The branch that origin calls its own, if this repository knows that and the branch.
  public Optional<String> remoteHead() throws IOException {
    var file = commonDir.resolve("refs").resolve("remotes").resolve("origin").resolve("HEAD");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    var line = firstLine(file);
    var prefix = "ref: refs/remotes/origin/";
    return line.startsWith(prefix) && findRef(line.substring("ref: ".length())).isPresent()
        ? Optional.of(line.substring(prefix.length()))
        : Optional.empty();
  }

  /// The commit of a branch or tag by its whole name. One that cannot be a name is none.
  public Optional<String> findRef(String name) throws IOException {
    if (name.indexOf('\0') >= 0 || name.contains("..")) {
      return Optional.empty();
    }
    var loose = commonDir.resolve(name);
    return Files.isRegularFile(loose)
        ? Optional.of(firstLine(loose))
        : packed(" " + name, String::endsWith).map(RepositoryPaths::firstWord);
  }

  public boolean hasPackedRef(String prefix) throws IOException {
    return packed(" " + prefix, String::contains).isPresent();
  }

  private Optional<String> packed(String part, BiPredicate<String, String> isIn)
      throws IOException {
    var file = commonDir.resolve("packed-refs");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var lines = TextFile.reader(file)) {
      return lines.lines().filter(line -> isIn.test(line, part)).findFirst();
    }
  }

  private static String firstWord(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  /// Of one of git's small files, which hold any bytes; for git a NUL ends the text.
  public static String firstLine(Path file) throws IOException {
    var text = TextFile.readAny(file);
    var end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\0') {
      end++;
    }
    return text.substring(0, end).strip();
  }
}
