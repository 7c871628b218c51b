package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.content.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathSuffixFilter;

/// Who can merge two commits as `git merge` does. JGit follows no rename and reads no attribute, so
/// its clean result counts only where neither can matter.
enum MergeRoad {
  /// The sides changed different paths: whoever merges them, it is the sum of both.
  DISJOINT,
  /// Both changed a path; no rename, no attribute, one merge base.
  PLAIN,
  /// Only git itself.
  GIT;

  // `binary` is a macro that says -merge; any other macro may say so too.
  private static final Pattern SAYS_HOW = Pattern.compile("(?m)(^|[\\s!-])(merge|binary|\\[attr])");

  /// Those that count for files without attributes.
  private static final List<String> SETTINGS = List.of("merge.default", "merge.renormalize");

  static MergeRoad of(RepositoryParts repository, ObjectId one, ObjectId other) throws IOException {
    var bases = bases(repository, one, other);
    if (bases.size() != 1 || isAnyAttribute(repository, one, other)) {
      return GIT;
    }
    var history = new Commits(repository.store());
    var ours = paths(history.changes(bases.getFirst(), one));
    var theirs = paths(history.changes(bases.getFirst(), other));
    if (mayRename(ours) || mayRename(theirs)) {
      return GIT;
    }
    return ours.keySet().stream().noneMatch(theirs::containsKey) ? DISJOINT : PLAIN;
  }

  private static List<RevCommit> bases(RepositoryParts repository, ObjectId one, ObjectId other)
      throws IOException {
    try (var walk = new RevWalk(repository.store().jgit())) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(one));
      walk.markStart(walk.parseCommit(other));
      var bases = new ArrayList<RevCommit>();
      walk.forEach(bases::add);
      return bases;
    }
  }

  private static Map<String, TreeDifference> paths(List<TreeDifference> changes) {
    var paths = new HashMap<String, TreeDifference>();
    changes.forEach(change -> paths.put(change.path(), change));
    return paths;
  }

  /// What git takes for a rename is a path that went and one that came.
  private static boolean mayRename(Map<String, TreeDifference> changes) {
    return changes.values().stream().anyMatch(change -> change.newBlob().isEmpty())
        && changes.values().stream().anyMatch(change -> change.oldBlob().isEmpty());
  }

  private static boolean isAnyAttribute(RepositoryParts repository, ObjectId one, ObjectId other)
      throws IOException {
    if (SETTINGS.stream().anyMatch(repository.config().keys()::contains)) {
      return true;
    }
    for (var file : Attributes.files(repository.place(), repository.config(), repository.world())) {
      if (saysHow(file)) {
        return true;
      }
    }
    return saysHow(repository.commonDir().resolve("info").resolve("attributes"))
        || isAnyIn(repository, one)
        || isAnyIn(repository, other);
  }

  private static boolean saysHow(Path file) throws IOException {
    return Files.isRegularFile(file)
        && SAYS_HOW.matcher(new String(Files.readAllBytes(file), UTF_8)).find();
  }

  private static boolean isAnyIn(RepositoryParts repository, ObjectId commit) throws IOException {
    try (var walk = attributes(repository, commit)) {
      while (walk.next()) {
        var text = new String(repository.store().readBlob(walk.getObjectId(0)), UTF_8);
        if (SAYS_HOW.matcher(text).find()) {
          return true;
        }
      }
      return false;
    }
  }

  /// The `.gitattributes` of a commit, in all its folders.
  static TreeWalk attributes(RepositoryParts repository, ObjectId commit) throws IOException {
    var walk = new TreeWalk(repository.store().jgit());
    walk.addTree(repository.store().readTree(commit));
    walk.setRecursive(true);
    walk.setFilter(PathSuffixFilter.create(".gitattributes"));
    return walk;
  }
}
