package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;

/// Merges commits one after another in memory: no worktree, no index, no ref is touched. However
/// many they are, the result is one merge commit with all of them as parents.
final class Merging {
  private final Store store;
  private final History history;
  private final Person person;
  private final Surroundings world;

  Merging(Store store, Person person, Surroundings world) {
    this.store = store;
    this.history = new History(store);
    this.person = person;
    this.world = world;
  }

  Merge merge(List<ObjectId> commits, String message) throws IOException {
    var tips = withoutContained(commits);
    if (tips.size() == 1) {
      return new Merge.Merged(tips.getFirst().name());
    }
    try (var inserter = store.jgit().newObjectInserter()) {
      return merge(tips, message, inserter);
    }
  }

  /// In their order, without those that another one contains.
  private List<ObjectId> withoutContained(List<ObjectId> commits) throws IOException {
    var tips = new ArrayList<ObjectId>();
    for (var next : commits) {
      if (isContained(next, tips)) {
        continue;
      }
      for (var tip : List.copyOf(tips)) {
        if (history.isAncestor(tip, next)) {
          tips.remove(tip);
        }
      }
      tips.add(next);
    }
    return tips;
  }

  private boolean isContained(ObjectId commit, List<ObjectId> tips) throws IOException {
    for (var tip : tips) {
      if (history.isAncestor(commit, tip)) {
        return true;
      }
    }
    return false;
  }

  private Merge merge(List<ObjectId> tips, String message, ObjectInserter inserter)
      throws IOException {
    var merged = tips.getFirst();
    for (var i = 1; i < tips.size(); i++) {
      var merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(store.jgit(), true);
      merger.setObjectInserter(inserter);
      if (!merger.merge(merged, tips.get(i))) {
        return new Merge.Conflict(tips.get(i).name(), files(merger));
      }
      // Of the steps between, only the last is referred to; the others are left to git's own gc.
      var parents = i == tips.size() - 1 ? tips : List.of(merged, tips.get(i));
      merged = write(inserter, merger.getResultTreeId(), parents, message);
    }
    return new Merge.Merged(merged.name());
  }

  private static List<String> files(ResolveMerger merger) {
    var files = new TreeSet<>(merger.getUnmergedPaths());
    var failing = merger.getFailingPaths();
    if (failing != null) {
      files.addAll(failing.keySet());
    }
    return List.copyOf(files);
  }

  private ObjectId write(
      ObjectInserter inserter, ObjectId tree, List<ObjectId> parents, String message)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setAuthor(person.at(world));
    commit.setCommitter(person.at(world));
    commit.setMessage(message);
    var id = inserter.insert(commit);
    inserter.flush();
    return id;
  }
}
