package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.git.ReadyWorktree;
import adw.os.FileTrees;
import java.io.IOException;
import java.util.Optional;

/// Takes away what was made ahead and no run got: the worktree, its port, the folder of its logs.
/// Its record goes last, so that a kill at any step leaves what the next start finds.
final class ReadyRemoval {
  private final DaemonContext context;
  private final PortLeases ports;

  ReadyRemoval(DaemonContext context) {
    this.context = context;
    this.ports = new PortLeases(context.state(), context.runs());
  }

  /// Whatever is in it.
  void remove(ReadyRecord record, Optional<ReadyWorktree> worktree) throws IOException {
    record.going().write(context.state());
    context.listener().reached(DaemonListener.Step.READY_GOING);
    if (worktree.isPresent()) {
      worktree.get().remove();
    }
    forget(record);
  }

  /// It stays, as a worktree that nobody looks after.
  void leave(ReadyRecord record, ReadyWorktree worktree) throws IOException {
    worktree.leave();
    forget(record);
  }

  private void forget(ReadyRecord record) throws IOException {
    if (!context.runs().isRecorded(record.id())) {
      ports.releaseAll(record.id());
      FileTrees.delete(context.state().run(record.id()));
    }
    record.delete(context.state());
  }
}
