/// Repositories, worktrees, commits, merges; the only package that sees JGit.
@NullMarked
package adw.git;

import org.jspecify.annotations.NullMarked;
