package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonLock;
import adw.os.process.LockHolder;
import adw.os.process.ProcessIdentity;
import adw.planning.FailureStreaks;
import adw.planning.GlobalHolds;
import adw.run.StateFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a command does about the loop: through the daemons that live, by itself where there is
/// none.
public final class DaemonControl {
  private final DaemonContext context;

  public DaemonControl(DaemonContext context) {
    this.context = context;
  }

  /// Whether any daemon of this repository lives.
  public static boolean isAnyoneThere(StateFolder state) throws IOException {
    return !DaemonLock.findLive(state).isEmpty();
  }

  /// The daemons that live and can do nothing, since somebody has suspended them.
  public static List<LockHolder> findSuspended(StateFolder state) throws IOException {
    var suspended = new ArrayList<LockHolder>();
    for (var name : DaemonLock.findLive(state)) {
      DaemonLock.findProcess(state, name)
          .filter(ProcessIdentity::isAlive)
          .map(process -> LockHolder.of(process.pid()))
          .filter(LockHolder::isSuspended)
          .ifPresent(suspended::add);
    }
    return suspended;
  }

  /// Carries out pending requests if no daemon is there to do so.
  ///
  /// @return why the task file could not be worked with: runs were ended all the same, the rest
  ///   waits
  public Optional<String> carryOutRequests() throws IOException, InterruptedException {
    if (isAnyoneThere(context.state())) {
      return Optional.empty();
    }
    try (var daemon = Daemon.open(context)) {
      return daemon.carryOutRequests();
    }
  }

  /// Starts nothing any more, ends every run's tree, keeps all work.
  public StopResult stop() throws IOException, InterruptedException {
    return new StopAll(context).stop();
  }

  /// The same, and ends what waits for a person too.
  public StopResult endAll() throws IOException, InterruptedException {
    return new StopAll(context).endAll();
  }

  /// A person says that what went wrong is mended: paused agents may start again, and a red base is
  /// verified again. Whether there was anything to forget.
  public static boolean tryAgain(StateFolder state) throws IOException {
    var hadStreaks = new FailureStreaks(state).forget();
    GlobalHolds.note(state, Optional.empty());
    return BaseVerdicts.forgetRed(state) || hadStreaks;
  }
}
