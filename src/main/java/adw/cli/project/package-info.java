/// The repository that a command works on, and its wiring.
///
/// Enter at `Project` (where things are) and `OpenProject` (what is built of them).
@NullMarked
package adw.cli.project;

import org.jspecify.annotations.NullMarked;
