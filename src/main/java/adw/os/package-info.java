/// Child processes and their trees, supervisor, file locks, exchange and replacement of files,
/// watching: nothing else touches them.
@NullMarked
package adw.os;

import org.jspecify.annotations.NullMarked;
