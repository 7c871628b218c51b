/// The loop: tick, wait, survive, stop; `TaskRun` carries one task from line to commit and back;
/// recovery; port `Runner`.
@NullMarked
package adw.daemon;

import org.jspecify.annotations.NullMarked;
