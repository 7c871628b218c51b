package adw.git;

import java.util.List;

/// What became of merging several commits into one.
public sealed interface MergeResult {
  /// A commit that contains all of them; one of them, if it already did.
  record Merged(String commit) implements MergeResult {}

  /// The commit that could not be merged into those before it, and where.
  record Conflict(String commit, List<String> files) implements MergeResult {
    public Conflict {
      files = List.copyOf(files);
    }
  }
}
