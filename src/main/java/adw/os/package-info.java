/// Files and the C library: locks, exchange and replacement of files, watching, rights, room.
///
/// Enter at `LockFile`, `DurableFiles`, `LineLog`, `NameExchange` and `FolderWatch`. Nothing here
/// starts a process (`adw.os.process`) or knows what a task is.
@NullMarked
package adw.os;

import org.jspecify.annotations.NullMarked;
