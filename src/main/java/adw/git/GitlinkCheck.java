package adw.git;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The repositories that a tree refers to: without a word in `.gitmodules` a clone gets an empty
/// folder.
record GitlinkCheck(ObjectStore store) {
  List<String> unnamed(ObjectId from, ObjectId to) throws IOException {
    var changed =
        new Commits(store)
            .changes(from, to).stream()
                .filter(change -> isLink(change.newMode()) && !isLink(change.oldMode()))
                .map(TreeDifference::path)
                .toList();
    if (changed.isEmpty()) {
      return changed;
    }
    var named = named(to);
    return changed.stream().filter(path -> !named.contains(path)).toList();
  }

  /// All of a commit.
  Set<String> paths(ObjectId commit) throws IOException {
    try (var walk = new TreeWalk(store.jgit())) {
      walk.addTree(store.readTree(commit));
      walk.setRecursive(true);
      var paths = new HashSet<String>();
      while (walk.next()) {
        if (walk.getRawMode(0) == IndexEntry.REPOSITORY) {
          paths.add(walk.getPathString());
        }
      }
      return paths;
    }
  }

  private static boolean isLink(String mode) {
    return mode.equals(FileMode.GITLINK.toString());
  }

  private Set<String> named(ObjectId commit) throws IOException {
    var tree = store.readTree(commit);
    try (var walk = TreeWalk.forPath(store.jgit(), Constants.DOT_GIT_MODULES, tree)) {
      if (walk == null) {
        return Set.of();
      }
      var modules = new BlobBasedConfig(null, store.readBlob(walk.getObjectId(0)));
      var named = new HashSet<String>();
      for (var name : modules.getSubsections("submodule")) {
        var path = modules.getString("submodule", name, "path");
        if (path != null && modules.getString("submodule", name, "url") != null) {
          named.add(path);
        }
      }
      return named;
    } catch (ConfigInvalidException _) {
      return Set.of(); // nobody can read it
    }
  }
}
