package adw.daemon;

import adw.daemon.attempt.RunChildren;
import adw.daemon.attempt.ShellLines;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonLock;
import adw.daemon.context.StopWord;
import adw.os.process.LockHolder;
import adw.os.process.SupervisedProcess;
import adw.os.process.SuspendedProcess;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// `adw stop`: tells all daemons, and ends itself what those that do not answer have left alive and
/// what has no daemon. One that lives need not answer: it may be suspended, or hang.
final class StopAll {
  /// A daemon says that it has heard before it does anything else.
  private static final Duration HEARING = Duration.ofSeconds(3);

  private static final Duration LEAVING = Duration.ofSeconds(14);

  /// How long the task file's lock is waited for, once there is nothing else to do.
  private static final Duration LOCK = Duration.ofSeconds(2);

  private static final long LOOK_MILLIS = 50;

  private final DaemonContext context;
  private final long began = System.nanoTime();

  StopAll(DaemonContext context) {
    this.context = context;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  /// What waits for a person waits on.
  StopResult stop() throws IOException, InterruptedException {
    return stop(Daemon::endEverything);
  }

  StopResult endAll() throws IOException, InterruptedException {
    return stop(Daemon::endWithWaiting);
  }

  private interface Way {
    void end(Daemon daemon, String reason) throws IOException, InterruptedException;
  }

  private StopResult stop(Way way) throws IOException, InterruptedException {
    var before = open();
    var daemons = DaemonLock.findLive(context.state());
    StopWord.change(context.state(), context.world().random());
    continueSuspended();
    await(() -> deaf().isEmpty(), HEARING);
    endTrees(deaf());
    await(() -> deaf().containsAll(DaemonLock.findLive(context.state())), LEAVING);
    endTrees(DaemonLock.findLive(context.state())); // one may hang after it has heard
    var isFree = context.file().isFree(LOCK);
    if (isFree) {
      try (var daemon = Daemon.open(context)) {
        way.end(daemon, StopWord.REASON);
      }
    } else {
      endTrees(owners());
    }
    return report(before, daemons.size(), isFree);
  }

  /// Only a daemon itself can write down how its runs ended, and take note that its children have.
  private void continueSuspended() throws IOException, InterruptedException {
    for (var name : deaf()) {
      var daemon = DaemonLock.findProcess(context.state(), name);
      if (daemon.isPresent() && SuspendedProcess.tryContinue(daemon.get())) {
        context
            .listener()
            .noticed(
                "adw run (pid %d) was suspended: it goes on, to stop"
                    .formatted(daemon.get().pid()));
      }
    }
  }

  private void await(Condition condition, Duration limit) throws IOException, InterruptedException {
    while (!condition.holds() && System.nanoTime() - began < limit.toNanos()) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /// The daemons that live and have not heard.
  private Set<String> deaf() throws IOException {
    var deaf = new LinkedHashSet<>(DaemonLock.findLive(context.state()));
    deaf.removeIf(name -> DaemonLock.hasHeard(context.state(), name));
    return deaf;
  }

  /// Runs of tasks that would go on by themselves, checks of bases and what only waits for a person
  /// left out.
  private List<Run> open() throws IOException {
    var open = new ArrayList<Run>();
    for (var id : context.runs().openIds()) {
      context
          .runs()
          .find(id)
          .filter(run -> !BaseVerificationRun.isOne(run) && !run.hasEnded() && !needsPerson(run))
          .ifPresent(open::add);
    }
    return open;
  }

  private static boolean needsPerson(Run run) {
    return run.stage() instanceof Stage.Waiting(_, var wait) && wait.why().needsPerson();
  }

  private Set<String> owners() throws IOException {
    var owners = new LinkedHashSet<String>();
    for (var id : context.runs().openIds()) {
      context.runs().find(id).ifPresent(run -> owners.add(run.owner()));
    }
    return owners;
  }

  /// All at once: each may take ten seconds.
  private void endTrees(Set<String> daemons) throws IOException, InterruptedException {
    var ends = new ArrayList<FutureTask<Boolean>>();
    for (var id : context.runs().openIds()) {
      var run = context.runs().find(id).filter(found -> daemons.contains(found.owner()));
      run.ifPresent(found -> ends.add(new FutureTask<>(() -> end(found))));
    }
    for (var daemon : daemons) {
      ends.add(
          new FutureTask<>(() -> {
            RunChildren.endAll(RunChildren.ofDaemon(context, daemon));
            return true;
          }));
    }
    ends.forEach(Thread.ofPlatform().daemon()::start);
    for (var end : ends) {
      await(end);
    }
  }

  private boolean end(Run run) throws IOException, InterruptedException {
    ShellLines.endAll(context, run);
    return true;
  }

  private static void await(FutureTask<Boolean> end) throws IOException, InterruptedException {
    try {
      end.get();
    } catch (ExecutionException failed) {
      throw new IOException("a process could not be ended: " + failed.getMessage(), failed);
    }
  }

  private StopResult report(List<Run> before, int daemons, boolean isFree) throws IOException {
    var ended = new ArrayList<String>();
    var unmarked = new ArrayList<String>();
    var living = new ArrayList<String>();
    for (var run : before) {
      var outcome = context.runs().find(run.id()).flatMap(Run::outcome);
      if (outcome.isPresent()) {
        outcome.filter(Outcome.Cancelled.class::isInstance).ifPresent(_ -> ended.add(run.id()));
      } else if (isAlive(run)) {
        living.add(run.id());
      } else {
        unmarked.add(run.id());
      }
    }
    var live = DaemonLock.findLive(context.state());
    return new StopResult(ended, unmarked, living, daemons - live.size(), holders(live, isFree));
  }

  private boolean isAlive(Run run) throws IOException {
    var proc = context.state().run(run.id()).resolve("proc");
    if (!Files.isDirectory(proc)) {
      return false;
    }
    try (var folders = Files.newDirectoryStream(proc)) {
      for (var folder : folders) {
        if (SupervisedProcess.look(folder) instanceof SupervisedProcess.Running) {
          return true;
        }
      }
    }
    return false;
  }

  private List<LockHolder> holders(Set<String> live, boolean isFree) throws IOException {
    var holders = new LinkedHashSet<LockHolder>();
    for (var daemon : live) {
      DaemonLock.findProcess(context.state(), daemon)
          .ifPresent(process -> holders.add(LockHolder.of(process.pid())));
    }
    if (!isFree) {
      context.file().findHolder().ifPresent(holders::add);
    }
    return List.copyOf(holders);
  }
}
