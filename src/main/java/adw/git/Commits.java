package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Questions to commits and trees.
final class Commits {
  // As git's own abbreviations at least.
  private static final int SHORTEST = 7;

  private final ObjectStore store;

  Commits(ObjectStore store) {
    this.store = store;
  }

  boolean isAncestor(ObjectId old, ObjectId young) throws IOException {
    try (var walk = new RevWalk(store.jgit())) {
      var tip = walk.parseCommit(young);
      return Arrays.asList(tip.getParents())
              .contains(old) // a run's commit on its start: most often
          || walk.isMergedInto(walk.parseCommit(old), tip);
    }
  }

  String abbreviate(ObjectId id) throws IOException {
    try (var reader = store.reader()) {
      return reader.abbreviate(id, SHORTEST).name();
    }
  }

  /// In what two trees (or the trees of two commits) differ, file by file.
  List<TreeDifference> changes(ObjectId one, ObjectId other) throws IOException {
    try (var revisions = new RevWalk(store.jgit());
        var walk = new TreeWalk(store.jgit())) {
      walk.addTree(tree(revisions, one));
      walk.addTree(tree(revisions, other));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      var changes = new ArrayList<TreeDifference>();
      while (walk.next()) {
        changes.add(
            new TreeDifference(
                walk.getPathString(),
                blob(walk, 0),
                blob(walk, 1),
                walk.getFileMode(0).toString(),
                walk.getFileMode(1).toString()));
      }
      return changes;
    }
  }

  private ObjectId tree(RevWalk revisions, ObjectId of) throws IOException {
    var known = store.findTree(of);
    return known.isPresent() ? known.get() : revisions.parseTree(of);
  }

  private static Optional<String> blob(TreeWalk walk, int side) {
    return walk.getRawMode(side) == 0
        ? Optional.empty()
        : Optional.of(walk.getObjectId(side).name());
  }
}
