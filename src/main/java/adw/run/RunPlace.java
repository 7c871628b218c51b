package adw.run;

import java.nio.file.Path;
import java.util.Optional;

/// Where a run works.
///
/// @param branch short name of its branch
/// @param base short name of the base branch, for people
/// @param start the commit its branch started from, or had at the run's start in a named scope
/// @param setUpTree tree of the worktree after set-up, where set-up changed anything that git sees
/// @param port the first of ten ports leased to the run
public record RunPlace(
    String branch, Path worktree, String base, String start, Optional<String> setUpTree, int port) {

  public RunPlace on(int firstPort) {
    return new RunPlace(branch, worktree, base, start, setUpTree, firstPort);
  }

  /// The same after the repository was moved.
  public RunPlace at(Path movedTo) {
    return new RunPlace(branch, movedTo, base, start, setUpTree, port);
  }

  public RunPlace startingAt(String commit) {
    return new RunPlace(branch, worktree, base, commit, setUpTree, port);
  }

  public RunPlace afterSetUp(Optional<String> tree) {
    return new RunPlace(branch, worktree, base, start, tree, port);
  }
}
