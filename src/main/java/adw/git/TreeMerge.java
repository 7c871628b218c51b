package adw.git;

import adw.git.config.GitException;
import adw.git.config.GitProgram;
import adw.os.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;

/// Merges the trees of two commits as `git merge` would on the first of them: by git itself
/// wherever JGit could say something else.
final class TreeMerge {
  private static final int CONFLICT = 1;
  private static final int UNKNOWN_OPTION = 129;

  private final RepositoryParts repository;
  private final ObjectInserter inserter;

  TreeMerge(RepositoryParts repository, ObjectInserter inserter) {
    this.repository = repository;
    this.inserter = inserter;
  }

  MergedTree merge(ObjectId ours, ObjectId theirs) throws IOException, InterruptedException {
    var road = MergeRoad.of(repository, ours, theirs);
    if (road == MergeRoad.DISJOINT && mergeByJgit(ours, theirs) instanceof MergedTree.Clean sum) {
      return sum;
    }
    var byGit = tryMergeByGit(ours, theirs);
    if (byGit.isPresent()) {
      return byGit.get();
    }
    if (road == MergeRoad.GIT) {
      throw new GitException(
          "merging with renames or merge attributes takes git 2.38 or newer (cure: update git)");
    }
    return mergeByJgit(ours, theirs);
  }

  private MergedTree mergeByJgit(ObjectId ours, ObjectId theirs) throws IOException {
    var jgit = repository.store().jgit();
    var merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(jgit, true);
    merger.setObjectInserter(inserter);
    return merger.merge(ours, theirs)
        ? new MergedTree.Clean(merger.getResultTreeId())
        : new MergedTree.Conflict(files(merger));
  }

  private static List<String> files(ResolveMerger merger) {
    var files = new TreeSet<>(merger.getUnmergedPaths());
    var failing = merger.getFailingPaths();
    if (failing != null) {
      files.addAll(failing.keySet());
    }
    return List.copyOf(files);
  }

  /// Empty where there is no git that can (before 2.38).
  private Optional<MergedTree> tryMergeByGit(ObjectId ours, ObjectId theirs)
      throws IOException, InterruptedException {
    var git = repository.program();
    if (git.isEmpty()) {
      return Optional.empty();
    }
    // git takes attributes from the files that are there, as they were before the merge.
    var files = Files.createTempDirectory("adw-merge");
    try {
      writeAttributes(ours, files);
      return answer(git.get().call(call(files, ours, theirs)));
    } finally {
      FileTrees.delete(files);
    }
  }

  private GitProgram.Call call(Path files, ObjectId ours, ObjectId theirs) {
    var what =
        List.of(
            "merge-tree",
            "--write-tree",
            "-z",
            "--name-only",
            "--no-messages",
            ours.name(),
            theirs.name());
    return new GitProgram.Call(files, what)
        .with("GIT_DIR", repository.commonDir().toString())
        .with("GIT_WORK_TREE", files.toString());
  }

  private void writeAttributes(ObjectId commit, Path files) throws IOException {
    try (var walk = MergeRoad.attributes(repository, commit)) {
      while (walk.next()) {
        if (walk.getRawMode(0) != IndexEntry.LINK) { // git follows none
          var file = files.resolve(walk.getPathString()).normalize();
          if (!file.startsWith(files)) {
            throw new GitException("a commit has the path " + walk.getPathString());
          }
          Files.createDirectories(file.resolveSibling(""));
          Files.write(file, repository.store().readBlob(walk.getObjectId(0)));
        }
      }
    }
  }

  private static Optional<MergedTree> answer(GitProgram.Answer answer) {
    var words =
        Pattern.compile("\0").splitAsStream(answer.out()).filter(word -> !word.isEmpty()).toList();
    if (answer.isOk() && !words.isEmpty() && ObjectId.isId(words.getFirst())) {
      return Optional.of(new MergedTree.Clean(ObjectId.fromString(words.getFirst())));
    }
    return switch (answer.code()) {
      case CONFLICT ->
          Optional.of(
              new MergedTree.Conflict(
                  words.stream().skip(1).map(TreeMerge::path).distinct().toList()));
      case UNKNOWN_OPTION -> Optional.empty();
      default -> throw new GitException("git merge-tree: " + answer.reason());
    };
  }

  /// git names a file that a folder is in the way of by its commit, too.
  private static String path(String name) {
    return name.replaceFirst("~[0-9a-f]{40}(_\\d+)?$", "");
  }
}
