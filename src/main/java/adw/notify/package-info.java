/// Tells the outside: a command, a web hook, the desktop.
///
/// Enter at `Notifier`. A message that cannot be sent never stops a run.
@NullMarked
package adw.notify;

import org.jspecify.annotations.NullMarked;
