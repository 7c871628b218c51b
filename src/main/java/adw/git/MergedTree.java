package adw.git;

import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/// What became of merging two commits' trees.
sealed interface MergedTree {
  record Clean(ObjectId tree) implements MergedTree {}

  /// Where a person must decide.
  record Conflict(List<String> files) implements MergedTree {
    public Conflict {
      files = List.copyOf(files);
    }
  }
}
