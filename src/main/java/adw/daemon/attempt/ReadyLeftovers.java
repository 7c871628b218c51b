package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.os.LockFile;
import adw.os.process.OrphanProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What daemons that are dead now had made ready, or were making. One with somebody's work in it
/// stays, as a worktree that nobody looks after.
public final class ReadyLeftovers {
  private final DaemonContext context;
  private final ReadyRemoval removal;
  private final List<Path> removed = new ArrayList<>();
  private final List<Path> left = new ArrayList<>();
  private boolean isMoreToCome;

  private ReadyLeftovers(DaemonContext context) {
    this.context = context;
    this.removal = new ReadyRemoval(context);
  }

  /// @param removed worktrees
  /// @param left worktrees with changes that no run has made
  /// @param isMoreToCome some belong to a run that has not ended: it uses them, or they are looked
  ///   at again
  public record Cleared(List<Path> removed, List<Path> left, boolean isMoreToCome) {
    public Cleared {
      removed = List.copyOf(removed);
      left = List.copyOf(left);
    }
  }

  /// One process at a time: what another clears is none of ours.
  public static Cleared clear(DaemonContext context) throws IOException, InterruptedException {
    var leftovers = new ReadyLeftovers(context);
    try (var lock =
        LockFile.open(context.state().root().resolve("ready.lock")).tryLock().orElse(null)) {
      if (lock != null) {
        leftovers.clearAll();
      }
    }
    return new Cleared(leftovers.removed, leftovers.left, leftovers.isMoreToCome);
  }

  private void clearAll() throws IOException, InterruptedException {
    for (var record : ReadyRecord.all(context.state(), RunBase.folder(context))) {
      if (record.isOfTheDead()) {
        if (isOfOpenRun(record.id())) {
          isMoreToCome = true;
        } else {
          clear(record);
        }
      }
    }
  }

  /// Its run had got as far as a record: whoever goes on with it finds this too.
  private boolean isOfOpenRun(String id) throws IOException {
    return context.runs().find(id).filter(run -> !run.hasEnded()).isPresent();
  }

  private void clear(ReadyRecord record) throws IOException, InterruptedException {
    ShellLines.endAll(context, ReadyMaker.planned(context, record, 0));
    ReadyMaker.processesOf(record.id()).sweep(OrphanProcesses.Patience.USUAL);
    var found =
        context
            .repository()
            .findReady(record.worktree(), record.commit(), record.tree().orElse(""));
    if (record.tree().isPresent() && found.isPresent() && found.get().holdsWork()) {
      removal.leave(record, found.get());
      left.add(record.worktree());
      return;
    }
    removal.remove(record, found);
    found.ifPresent(_ -> removed.add(record.worktree()));
  }
}
