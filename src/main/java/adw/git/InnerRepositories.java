package adw.git;

import adw.git.config.RepositoryPaths;
import adw.git.config.WorktreeAdmin;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All repositories inside a worktree: submodules, also those that are checked out no more, and
/// what somebody cloned or made there, also bare ones and where git ignores them.
final class InnerRepositories {
  private static final String MODULES = "modules";

  private final Path top;
  private final Map<Path, InnerRepository> found = new LinkedHashMap<>();

  private InnerRepositories(Path top) {
    this.top = top;
  }

  /// @param admin where git keeps the worktree's submodules
  static List<InnerRepository> find(Path folder, Path admin) throws IOException {
    var all = new InnerRepositories(folder);
    if (Files.isDirectory(folder)) {
      all.addBelow(folder);
    }
    all.addModules(admin);
    return List.copyOf(all.found.values());
  }

  private void addModules(Path gitDir) throws IOException {
    var modules = gitDir.resolve(MODULES);
    if (Files.isDirectory(modules)) {
      addBelow(modules);
    }
  }

  private void addBelow(Path folder) throws IOException {
    Files.walkFileTree(folder, new Search(folder));
  }

  private void add(String name, Path gitDir, Optional<Path> files) throws IOException {
    var real = Files.exists(gitDir) ? gitDir.toRealPath() : gitDir.normalize();
    found.putIfAbsent(real, new InnerRepository(name, real, files));
  }

  private final class Search extends SimpleFileVisitor<Path> {
    private final Path from;

    Search(Path from) {
      this.from = from;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.equals(from) || !RepositoryPaths.isGitDir(folder)) {
        return FileVisitResult.CONTINUE;
      }
      var files =
          folder.endsWith(".git") ? Optional.of(folder.resolveSibling("")) : Optional.<Path>empty();
      add(name(files.orElse(folder)), folder, files);
      addModules(folder);
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      var holder = file.resolveSibling("");
      if (file.endsWith(".git") && !holder.equals(top)) {
        add(name(holder), WorktreeAdmin.linked(file), Optional.of(holder));
      }
      return FileVisitResult.CONTINUE;
    }

    /// It may vanish meanwhile, or be closed to us: then whoever deletes it meets it again.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw problem;
      }
      return FileVisitResult.CONTINUE;
    }

    private String name(Path folder) {
      return (folder.startsWith(top) ? top : from).relativize(folder).toString();
    }
  }
}
