/// A person follows `adw run`: the live table, plain lines, keys.
///
/// Enter at `Display`. Nothing here changes what runs but through a request.
@NullMarked
package adw.cli.watch;

import org.jspecify.annotations.NullMarked;
