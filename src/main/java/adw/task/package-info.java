/// The text of the task file: grammar, structure, edits. Text in, text out.
///
/// Enter at `TaskDocument` (a whole file), `TaskParser` (its lines) and `Edit` (what may change).
/// Nothing here opens a file (`adw.task.file`) or decides what may start (`adw.task.readiness`).
@NullMarked
package adw.task;

import org.jspecify.annotations.NullMarked;
