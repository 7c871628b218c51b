/// One file per output format of the agent programs.
///
/// Enter at `OutputReader`. Nothing here decides whether a call succeeded.
@NullMarked
package adw.agent.output;

import org.jspecify.annotations.NullMarked;
