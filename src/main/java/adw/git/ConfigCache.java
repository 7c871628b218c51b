package adw.git;

import adw.git.config.GitConfig;
import adw.git.config.GitEnvironment;
import adw.git.config.GitProgram;
import adw.git.config.RepositoryPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The settings of a repository and of its worktrees, read anew when a file of theirs has changed.
final class ConfigCache {
  private final GitProgram git;
  private final RepositoryPaths place;
  private final GitEnvironment world;
  private final Map<Path, GitConfig> ofWorktrees = new ConcurrentHashMap<>();
  private volatile GitConfig known;

  ConfigCache(GitProgram git, RepositoryPaths place, GitEnvironment world) throws IOException {
    this.git = git;
    this.place = place;
    this.world = world;
    this.known = GitConfig.read(git, place, world);
  }

  /// As they hold in one worktree. Unless that may have settings of its own, all share one.
  GitConfig find(RepositoryPaths worktree) throws IOException {
    var shared = known;
    if (!shared.isCurrent()) {
      shared = GitConfig.read(git, place, world);
      known = shared;
      ofWorktrees.clear();
    }
    return worktree.equals(place) || !shared.isOfOneWorktree() ? shared : ofWorktree(worktree);
  }

  private GitConfig ofWorktree(RepositoryPaths worktree) throws IOException {
    var own = ofWorktrees.get(worktree.gitDir());
    if (own == null || !own.isCurrent()) {
      own = GitConfig.read(git, worktree, world);
      ofWorktrees.put(worktree.gitDir(), own);
    }
    return own;
  }
}
