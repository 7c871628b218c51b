package adw.git.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Whose a repository is. git believes neither settings nor hooks of a repository that belongs to
/// somebody else, unless `safe.directory` names it.
public final class RepositoryOwnership {
  private RepositoryOwnership() {}

  /// git is the judge; it is asked where something is not this user's own.
  public static void check(RepositoryPaths place, GitProgram git) throws IOException {
    if (place.workTree().isEmpty() || isOurs(place, place.workTree().get())) {
      return;
    }
    var folder = place.workTree().get();
    var answer = git.callQuickly(folder, "rev-parse", "--git-dir");
    if (!answer.isOk()) {
      throw new GitException(
          "%s belongs to another user: %s (cure: git config --global --add safe.directory %s)"
              .formatted(folder, answer.reason(), folder));
    }
  }

  private static boolean isOurs(RepositoryPaths place, Path workTree) throws IOException {
    var paths = new ArrayList<Path>();
    paths.add(workTree);
    paths.add(workTree.resolve(".git"));
    paths.add(place.gitDir());
    for (var path : paths) {
      if (!Files.getOwner(path).getName().equals(System.getProperty("user.name"))) {
        return false;
      }
    }
    return true;
  }
}
