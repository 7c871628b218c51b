/// How everything stands: read by the commands, and by whatever else shows it.
///
/// Enter at `RepositoryStatus` and `TaskStatuses`. Nothing here changes anything.
@NullMarked
package adw.status;

import org.jspecify.annotations.NullMarked;
