/// What may start now, and why not.
///
/// Enter at `Readiness`: a document and `Facts` in, a `Decision` a task out. Nothing here reads a
/// clock or a disk.
@NullMarked
package adw.task.readiness;

import org.jspecify.annotations.NullMarked;
