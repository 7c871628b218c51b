/// Where a repository lies and what it says of itself, as git itself lists it; no JGit.
///
/// Enter at `RepositoryPaths` and `GitConfig`. Nothing here changes a repository.
@NullMarked
package adw.git.config;

import org.jspecify.annotations.NullMarked;
