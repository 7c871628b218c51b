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

  /// In what two trees (or the trees of two commits) differ, file by file.
  List<Difference> changes(ObjectId one, ObjectId other) throws IOException {
    try (var revisions = new RevWalk(store.jgit());
        var walk = new TreeWalk(store.jgit())) {
      walk.addTree(revisions.parseTree(one));
      walk.addTree(revisions.parseTree(other));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      var changes = new ArrayList<Difference>();
      while (walk.next()) {
        changes.add(
            new Difference(
                walk.getPathString(),
                blob(walk, 0),
                blob(walk, 1),
                walk.getFileMode(0).toString(),
                walk.getFileMode(1).toString()));
      }
      return changes;
    }
  }

  private static Optional<String> blob(TreeWalk walk, int side) {
    return walk.getRawMode(side) == 0
        ? Optional.empty()
        : Optional.of(walk.getObjectId(side).name());
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
