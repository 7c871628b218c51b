package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final Optional<Program> git;

  Merging(Store store, Person person, Surroundings world, Optional<Program> git) {
    this.store = store;
    this.git = git;
    this.history = new History(store);
    this.person = person;
    this.world = world;
  }

  Merge merge(List<ObjectId> commits, String message) throws IOException, InterruptedException {
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
      throws IOException, InterruptedException {
    var merged = tips.getFirst();
    for (var i = 1; i < tips.size(); i++) {
      var merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(store.jgit(), true);
      merger.setObjectInserter(inserter);
      var tree =
          merger.merge(merged, tips.get(i))
              ? Optional.<ObjectId>of(merger.getResultTreeId())
              : mergeByGit(merged, tips.get(i));
      if (tree.isEmpty()) {
        return new Merge.Conflict(tips.get(i).name(), files(merger));
      }
      // Of the steps between, only the last is referred to; the others are left to git's own gc.
      var parents = i == tips.size() - 1 ? tips : List.of(merged, tips.get(i));
      merged = write(inserter, tree.get(), parents, message);
    }
    return new Merge.Merged(merged.name());
  }

  /// git follows renames, JGit does not: what is a conflict here may be none there. A git before
  /// 2.38 cannot, and says so with another exit code.
  private Optional<ObjectId> mergeByGit(ObjectId one, ObjectId other)
      throws IOException, InterruptedException {
    if (git.isEmpty()) {
      return Optional.empty();
    }
    var arguments =
        List.of("merge-tree", "--write-tree", "--no-messages", one.name(), other.name());
    var folder = store.jgit().getDirectory().toPath();
    var answer = git.get().call(new Program.Call(folder, arguments));
    var tree = answer.out().strip();
    return answer.isOk() && ObjectId.isId(tree)
        ? Optional.of(ObjectId.fromString(tree))
        : Optional.empty();
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
