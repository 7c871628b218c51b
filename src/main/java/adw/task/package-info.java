/// The task file: grammar, readiness, edits, replay (text in, text out); `TaskFile` does the disk.
@NullMarked
package adw.task;

import org.jspecify.annotations.NullMarked;
