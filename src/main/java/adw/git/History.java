package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Questions to commits and trees.
final class History {
  // As git's own abbreviations at least.
  private static final int SHORTEST = 7;

  private final Store store;

  History(Store store) {
    this.store = store;
  }

  boolean isAncestor(ObjectId old, ObjectId young) throws IOException {
    try (var walk = new RevWalk(store.jgit())) {
      return walk.isMergedInto(walk.parseCommit(old), walk.parseCommit(young));
    }
  }

  String abbreviate(ObjectId id) throws IOException {
    try (var reader = store.reader()) {
      return reader.abbreviate(id, SHORTEST).name();
    }
  }

  /// The paths in which the trees of two commits differ.
  List<String> changedPaths(ObjectId one, ObjectId other) throws IOException {
    try (var walk = new TreeWalk(store.jgit())) {
      walk.addTree(store.readTree(one));
      walk.addTree(store.readTree(other));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      var paths = new ArrayList<String>();
      while (walk.next()) {
        paths.add(walk.getPathString());
      }
      return paths;
    }
  }

  /// The newest commit on any branch or kept ref with the trailer `key: value`.
  Optional<ObjectId> findTrailer(String key, String value) throws IOException {
    try (var walk = new RevWalk(store.jgit())) {
      for (var ref : store.jgit().getRefDatabase().getRefsByPrefix("refs/heads/", "refs/adw/")) {
        walk.markStart(walk.parseCommit(ref.getObjectId()));
      }
      walk.sort(RevSort.COMMIT_TIME_DESC);
      for (var commit : walk) {
        if (hasTrailer(commit, key, value)) {
          return Optional.of(commit.copy());
        }
      }
      return Optional.empty();
    }
  }

  private static boolean hasTrailer(RevCommit commit, String key, String value) {
    return commit.getFooterLines(key).stream().anyMatch(value::equals);
  }
}
