/// What the loop and its runs are handed: settings, listener, the views of git.
///
/// Values and ports only: nothing here acts.
@NullMarked
package adw.daemon.context;

import org.jspecify.annotations.NullMarked;
