package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/// Merges commits one after another in memory: no worktree, no index, no ref is touched. However
/// many they are, the result is one merge commit with all of them as parents.
final class CommitMerge {
  private final RepositoryParts repository;
  private final Commits history;

  CommitMerge(RepositoryParts repository) {
    this.repository = repository;
    this.history = new Commits(repository.store());
  }

  MergeResult merge(List<ObjectId> commits, String message)
      throws IOException, InterruptedException {
    var tips = withoutContained(commits);
    if (tips.size() == 1) {
      return new MergeResult.Merged(tips.getFirst().name());
    }
    try (var inserter = repository.store().jgit().newObjectInserter()) {
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

  private MergeResult merge(List<ObjectId> tips, String message, ObjectInserter inserter)
      throws IOException, InterruptedException {
    var trees = new TreeMerge(repository, inserter);
    var merged = tips.getFirst();
    for (var i = 1; i < tips.size(); i++) {
      switch (trees.merge(merged, tips.get(i))) {
        case MergedTree.Conflict(var files) -> {
          return new MergeResult.Conflict(tips.get(i).name(), files);
        }
        case MergedTree.Clean(var tree) -> {
          // Of the steps between, only the last is referred to; the others are left to git's gc.
          var parents = i == tips.size() - 1 ? tips : List.of(merged, tips.get(i));
          merged = write(inserter, tree, parents, message);
        }
      }
    }
    return new MergeResult.Merged(merged.name());
  }

  private ObjectId write(
      ObjectInserter inserter, ObjectId tree, List<ObjectId> parents, String message)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    var person = repository.committer().at(repository.world());
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setMessage(message);
    var id = inserter.insert(commit);
    inserter.flush();
    return id;
  }
}
