/// The loop: tick, wait, survive, stop, recover.
///
/// Enter at `Daemon` and `Tick`. One task's way is `adw.daemon.attempt`; the loop never waits for a
/// run.
///
/// - `STATE/daemons/`: a file a daemon, see `DaemonLock`
/// - `STATE/stop`: see `StopWord`
@NullMarked
package adw.daemon;

import org.jspecify.annotations.NullMarked;
