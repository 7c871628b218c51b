/// The task file on disk while people edit it: lock, journal, exchange, replay.
///
/// Enter at `TaskFile`; a change goes through `LockedTaskFile` to `TaskFileWriter`, a person's save
/// comes back through `SaveReplay`. Nothing that later decisions rest on is written before its step
/// has succeeded.
///
/// - `STATE/journal`: a header and one `JournalEntry` a line, see `JournalCodec`
@NullMarked
package adw.task.file;

import org.jspecify.annotations.NullMarked;
