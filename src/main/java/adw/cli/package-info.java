/// Commands, settings file, wiring, exit codes; the only place that prints and exits.
@NullMarked
package adw.cli;

import org.jspecify.annotations.NullMarked;
