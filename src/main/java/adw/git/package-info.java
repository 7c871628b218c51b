/// Repositories, worktrees, commits, merges; only this package and those below it see JGit.
///
/// Enter at `Repository`. Whatever JGit does differently from git is git's (`GitBackend`,
/// `MergeRoad`). Nothing that is saved nowhere else is ever removed.
///
/// - `refs/adw/<id>/…`: work kept of a run, see `SavedWorkRef`
@NullMarked
package adw.git;

import org.jspecify.annotations.NullMarked;
