/// Entry, wiring, exit codes.
///
/// Enter at `Main`; `CommandCatalog` names every command. Nobody may import this package.
@NullMarked
package adw.cli;

import org.jspecify.annotations.NullMarked;
