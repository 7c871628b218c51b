package adw.daemon;

import adw.daemon.attempt.CancelRequests;
import adw.daemon.attempt.PoolFiller;
import adw.daemon.attempt.RunChildren;
import adw.daemon.context.StopWord;

/// What one daemon shares with its parts.
///
/// @param name its file in `STATE/daemons`
/// @param children what it starts for no run
/// @param ahead what is ready for runs to come
record DaemonShare(
    String name,
    CancelRequests stopping,
    StopWord stopWord,
    RunChildren children,
    PoolFiller ahead) {}
