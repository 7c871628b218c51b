package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.git.CreateResult;
import adw.git.NewWorktree;
import adw.git.ReadyWorktree;
import adw.run.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;

/// Gives a run what was made ahead for it, as far as that still holds.
final class ReadyClaims {
  private final DaemonContext context;
  private final RunBase bases;
  private final PoolFiller ahead;
  private final ReadyRemoval removal;

  ReadyClaims(DaemonContext context, RunBase bases, PoolFiller ahead) {
    this.context = context;
    this.bases = bases;
    this.ahead = ahead;
    this.removal = new ReadyRemoval(context);
  }

  /// Empty if nothing was made for it, or somebody has been at that, or it cannot be used at that
  /// start: then nothing of it is left.
  Optional<GivenWorktree> tryClaim(Run run, NewWorktree request)
      throws IOException, InterruptedException {
    var ready = ahead.take(run.id());
    if (ready.isEmpty()) {
      clearLeft(run);
      return Optional.empty();
    }
    Optional<GivenWorktree> given = Optional.empty();
    try {
      given = tryGive(ready.get(), request);
      return given;
    } finally {
      if (given.isEmpty()) {
        remove(ReadyMaker.record(ready.get()), ready.get().worktree());
      }
    }
  }

  private Optional<GivenWorktree> tryGive(ReadyRun ready, NewWorktree request)
      throws IOException, InterruptedException {
    if (!ready.worktree().isUntouched()) {
      ahead.touched();
      return Optional.empty();
    }
    var made = ready.worktree().tryGive(request.branch(), request.start());
    if (made.isEmpty()) {
      return Optional.empty();
    }
    context.listener().reached(DaemonListener.Step.READY_GIVEN);
    ReadyMaker.record(ready).delete(context.state());
    var given = given(ready, made.get(), request.start());
    ahead.given(ready);
    return Optional.of(given);
  }

  private GivenWorktree given(ReadyRun ready, CreateResult.Made made, String start)
      throws IOException {
    var worktree = bases.told(made);
    var refreshed = ready.copies().refresh();
    var changed = new ArrayList<>(refreshed.changed());
    var copied = new ArrayList<>(ready.copies().paths());
    if (ready.copies().isOutdated()) {
      var added = worktree.copyIgnored(context.checkout());
      changed.addAll(added);
      copied.addAll(added);
    }
    var inputs = SetUpInputs.of(context);
    var isSetUp =
        ready.setUpAt().isPresent()
            && refreshed.undone().isEmpty()
            && !inputs.isAnyIn(changed)
            && !inputs.haveChanged(ready.setUpAt().get(), start);
    var tree = isSetUp ? Optional.of(ready.worktree().tree()) : Optional.<String>empty();
    return new GivenWorktree(worktree, ready.port(), copied, tree);
  }

  /// What a daemon had made for this run, and promised to it, before it died.
  private void clearLeft(Run run) throws IOException, InterruptedException {
    var record = ReadyRecord.find(context.state(), run.id(), RunBase.folder(context));
    if (record.isPresent()) {
      var found = find(record.get());
      if (found.isPresent() && found.get().isReady()) {
        remove(record.get(), found.get());
      } else {
        record.get().delete(context.state()); // it had given it away
      }
    }
  }

  private Optional<ReadyWorktree> find(ReadyRecord record) throws IOException {
    return context
        .repository()
        .findReady(record.worktree(), record.commit(), record.tree().orElse(""));
  }

  /// Its folder is the run's: what somebody has made in it is kept elsewhere.
  private void remove(ReadyRecord record, ReadyWorktree worktree)
      throws IOException, InterruptedException {
    if (!worktree.tree().isEmpty() && worktree.holdsWork()) {
      var saved = worktree.save(record.id());
      var refs = saved.tipRef().or(saved::filesRef).orElse("refs/adw/" + record.id());
      context
          .listener()
          .noticed(
              "somebody had changed %s before its run began: kept as %s"
                  .formatted(worktree.folder(), refs));
    }
    removal.remove(record, Optional.of(worktree));
  }
}
