/// Streams, colours, screens; the only place that prints.
///
/// Enter at `Console`. Nothing here knows what a run is.
@NullMarked
package adw.cli.console;

import org.jspecify.annotations.NullMarked;
