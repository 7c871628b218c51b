package adw.daemon;

import adw.daemon.attempt.CancelRequests;
import adw.daemon.attempt.CurrentTasks;
import adw.daemon.attempt.PoolFiller;
import adw.daemon.attempt.RunBase;
import adw.daemon.attempt.RunChildren;
import adw.daemon.attempt.TaskRun;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonLock;
import adw.daemon.context.StopWord;
import adw.git.BaseBranch;
import adw.git.config.BaseSettings;
import adw.os.FolderWatch;
import adw.os.ProblemWords;
import adw.os.process.ChildCustody;
import adw.os.process.Supervisor;
import adw.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop: look at the task file and the requests, start what can start, report what has ended,
/// wait.
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(10);

  /// How long one who leaves waits for a task file that cannot be read now; its marks are written
  /// by whoever comes next.
  private static final Duration FILE_LIMIT = Duration.ofSeconds(3);

  private static final Duration POLL_OF_BASE = Duration.ofSeconds(1);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /// A program that had the file open when we wrote it may still save into what came out: no event
  /// tells of that.
  private static final Duration LATE_SAVE = Duration.ofSeconds(1);

  private final DaemonContext context;
  private final DaemonLock presence;
  private final RepositoryWhereabouts whereabouts;
  private final FolderWatch watch;
  private final CancelRequests stopping;
  private final RunChildren children;
  private final LocalRunner crew;
  private final BaseVerification baseCheck;
  private final Tick tick;
  private final KeepAwake keepAwake;
  private final PoolFiller ahead;
  private final StopWord stopWord;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private boolean wasBusy;
  private String toldFailure = "";
  private boolean isFailing;

  /// When the loop ends by itself.
  public enum Mode {
    UNTIL_STOPPED,
    /// When nothing runs and nothing can become ready by itself.
    UNTIL_IDLE,
    /// After one look, when the runs it started have ended.
    ONCE
  }

  /// Why the loop ended.
  public enum End {
    IDLE,
    /// The task file could not be worked with.
    UNREADABLE,
    /// Asked to leave; runs go on without it.
    LEFT,
    /// `adw stop`: every run was ended.
    STOPPED,
    /// The repository is not there any more; runs go on without it.
    MOVED
  }

  private Daemon(DaemonContext context, StopWord stopWord)
      throws IOException, InterruptedException {
    this.context = context;
    this.stopWord = stopWord;
    this.stopping = new CancelRequests(stopWord);
    context.state().create();
    this.whereabouts = RepositoryWhereabouts.of(context.repository().commonDir());
    this.presence = DaemonLock.announce(context.state(), context.world().random());
    this.children = RunChildren.ofDaemon(context, presence.name(), stopping);
    var bases = new RunBase(context);
    this.watch = watch(context);
    Thread.ofPlatform().daemon().name("prepare").start(Supervisor::prepare);
    this.ahead = PoolFiller.start(context, bases, stopWord);
    var own = new DaemonShare(presence.name(), stopping, stopWord, children, ahead);
    var wordings = new CurrentTasks();
    this.crew =
        new LocalRunner(
            new TaskRun(context, bases, wordings, stopping, ahead), stopping, watch::wake);
    this.baseCheck = new BaseVerification(context, bases, own, watch::wake);
    this.tick = new Tick(context, crew, wordings, baseCheck, own);
    this.keepAwake = KeepAwake.of(context);
  }

  public static Daemon open(DaemonContext context) throws IOException, InterruptedException {
    return open(context, StopWord.read(context.state()));
  }

  /// @param stopWord as it was when the command began
  public static Daemon open(DaemonContext context, StopWord stopWord)
      throws IOException, InterruptedException {
    return new Daemon(context, stopWord);
  }

  /// Of commands that tell people what happens: known to `adw stop` and to the next daemon, and not
  /// ended with the runs that they tell of.
  public ChildCustody messages() {
    return RunChildren.ofDaemon(context, presence.name(), new CancelRequests(stopWord));
  }

  /// Where runs start, after the remote was asked if that is due; empty if this daemon is to end
  /// before that is known.
  public Optional<BaseBranch> findBase(BaseSettings wanted)
      throws IOException, InterruptedException {
    var search = new FutureTask<>(() -> children.keep(() -> context.repository().findBase(wanted)));
    Thread.ofPlatform()
        .daemon()
        .name("base")
        .start(() -> {
          search.run();
          watch.wake();
        });
    while (!search.isDone() && !isToEnd()) {
      watch.await(POLL_OF_BASE);
    }
    if (!search.isDone()) {
      search.cancel(true);
      children.clear();
      return Optional.empty();
    }
    return Optional.of(result(search));
  }

  private static BaseBranch result(FutureTask<BaseBranch> search)
      throws IOException, InterruptedException {
    try {
      return search.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException why -> throw why;
        case RuntimeException why -> throw why;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }

  private boolean isToEnd() throws IOException {
    return leaving.get() || stopWord.hasChanged();
  }

  /// Without a watch, of which a system has so many, the poll sees all of it.
  private static FolderWatch watch(DaemonContext context) {
    try {
      var folder = context.tasks().resolveSibling(".").normalize();
      return watchAll(context, FolderWatch.of(folder, savesOf(context, context.tasks())));
    } catch (IOException e) {
      context
          .listener()
          .noticed(
              "no folder can be watched, so a save is seen at the next poll: "
                  + ProblemWords.of(e)
                  + " (close programs that watch files, or raise fs.inotify.max_user_instances)");
      return FolderWatch.none();
    }
  }

  private static FolderWatch watchAll(DaemonContext context, FolderWatch watch) throws IOException {
    try {
      addAll(context, watch);
      return watch;
    } catch (IOException e) {
      watch.close();
      throw e;
    }
  }

  /// The task file wherever it really is, requests, and the word to stop.
  private static void addAll(DaemonContext context, FolderWatch watch) throws IOException {
    if (Files.isSymbolicLink(context.tasks()) && Files.exists(context.tasks())) {
      var real = context.tasks().toRealPath();
      watch.add(real.resolveSibling(".").normalize(), savesOf(context, real));
    }
    watch.add(context.state().requests(), file -> file.endsWith(".json"));
    watch.add(context.state().root(), "stop"::equals);
  }

  /// What we wrote there ourselves is no news.
  private static Predicate<String> savesOf(DaemonContext context, Path tasks) {
    var name = tasks.getFileName().toString();
    return file -> file.equals(name) && !context.file().isOwnWrite();
  }

  public End run(Mode mode) throws IOException, InterruptedException {
    tick.tidying().tidyLeft();
    return children.keep(() -> loop(mode));
  }

  private End loop(Mode mode) throws IOException, InterruptedException {
    RunChildren.clearDead(context);
    clearStaleFiles();
    if (isToEnd()) {
      return end(mode);
    }
    var looked = lookOnce(true);
    var readable = System.nanoTime();
    while (!isOver(mode, looked)) {
      readable = tick.obstacle().isEmpty() && !isFailing ? System.nanoTime() : readable;
      if (isHopeless(mode, readable)) {
        tick.tellObstacle();
        return End.UNREADABLE;
      }
      if (mode == Mode.UNTIL_STOPPED) {
        ahead.mayWork();
      }
      watch.await(looked.next());
      if (whereabouts.isGone()) {
        return leaveMoved();
      }
      if (isToEnd()) {
        return end(mode);
      }
      looked = lookOnce(mode != Mode.ONCE || !looked.isWhole());
    }
    return End.IDLE;
  }

  /// Nothing waits for it: what cannot be cleared now is cleared by the next.
  private void clearStaleFiles() throws InterruptedException {
    try {
      context
          .file()
          .locked(_ -> {
            new StaleFiles(context).clear(presence.name());
            return true;
          });
    } catch (IOException e) {
      LOG.warn("what crashes have left stays: {}", ProblemWords.of(e));
    }
  }

  private Tick.Looked lookOnce(boolean mayStart) throws InterruptedException {
    var looked = tryLook(mayStart);
    var isBusy = crew.size() > 0;
    keepAwake.keep(isBusy);
    if (wasBusy && !isBusy && looked.isWhole() && looked.isIdle()) {
      context.listener().rested();
    }
    wasBusy = isBusy || (wasBusy && !(looked.isWhole() && looked.isIdle()));
    return looked;
  }

  /// A look that fails is told and tried again at the next poll; the loop goes on.
  private Tick.Looked tryLook(boolean mayStart) throws InterruptedException {
    var poll = context.settings().trigger().poll();
    var writes = context.file().writes();
    try {
      var looked = tick.look(mayStart);
      isFailing = false;
      return context.file().writes() == writes ? looked : looked.within(LATE_SAVE);
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("this look at {} failed; the next is in {}", context.tasks(), poll, e);
      isFailing = true;
      tellFailure(context.tasks().getFileName() + ": " + ProblemWords.of(e));
      return Tick.Looked.failed(poll);
    }
  }

  /// Once, not at every look.
  private void tellFailure(String why) {
    if (!why.equals(toldFailure)) {
      context.listener().noticed(why);
      toldFailure = why;
    }
  }

  /// Whether one who is to end by itself has waited long enough for a file to work with.
  private boolean isHopeless(Mode mode, long readable) {
    return mode != Mode.UNTIL_STOPPED
        && crew.size() == 0
        && System.nanoTime() - readable > FILE_LIMIT.toNanos();
  }

  private boolean isOver(Mode mode, Tick.Looked looked) {
    return switch (mode) {
      case UNTIL_STOPPED -> false;
      case UNTIL_IDLE -> looked.isWhole() && looked.isIdle() && crew.size() == 0;
      case ONCE -> looked.isWhole() && crew.size() == 0;
    };
  }

  /// Asks the loop to end; from any thread. Running workflows go on, except in the modes that wait
  /// for them.
  public void leave() {
    leaving.set(true);
    watch.wake();
  }

  private End end(Mode mode) throws IOException, InterruptedException {
    if (!leaving.get()) {
      presence.hear();
      return stop(StopWord.REASON);
    }
    if (mode != Mode.UNTIL_STOPPED) {
      return stop("ended with adw run");
    }
    crew.leave(LEAVE_LIMIT);
    return End.LEFT;
  }

  private End leaveMoved() throws InterruptedException {
    context
        .listener()
        .noticed(
            whereabouts.commonDir()
                + " is gone: was the repository moved? (adw run there goes on with its runs)");
    crew.leave(LEAVE_LIMIT);
    return End.MOVED;
  }

  private End stop(String reason) throws InterruptedException {
    var outcome = new Outcome.Cancelled(reason);
    stopping.askAll(outcome);
    tryEndWaiting(outcome);
    lookUntil(() -> crew.size() == 0);
    return End.STOPPED;
  }

  /// What cannot be written now is no reason to leave runs alive.
  private void tryEndWaiting(Outcome outcome) {
    try {
      tick.endWaiting(outcome);
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("runs that wait could not be ended", e);
      tellFailure("runs that wait could not be ended: " + ProblemWords.of(e));
    }
  }

  /// Looks, and starts nothing, until all is over and written; a file that cannot be read is not
  /// waited for long.
  private void lookUntil(BooleanSupplier isOver) throws InterruptedException {
    var end = System.nanoTime() + FILE_LIMIT.toNanos();
    var looked = lookOnce(false);
    while (!isOver.getAsBoolean() || (!looked.isWhole() && System.nanoTime() < end)) {
      watch.await(looked.isWhole() ? looked.next() : LOOK_AGAIN);
      looked = lookOnce(false);
    }
  }

  /// Carries out the requests that lie there, starts nothing new and leaves; for a command that
  /// finds no daemon. Runs of a dead daemon go on, or end if that was asked.
  ///
  /// @return why the task file could not be worked with
  Optional<String> carryOutRequests() throws IOException, InterruptedException {
    return children.keep(() -> {
      lookUntil(() -> !stopping.isAsked());
      crew.leave(LEAVE_LIMIT);
      return tick.obstacle();
    });
  }

  /// Ends every run of the repository that no living daemon carries. Each is told before it is
  /// taken over: nothing that a dead daemon had begun is begun again.
  void endEverything(String reason) throws IOException, InterruptedException {
    takeOverToEnd(reason);
    stop(reason);
  }

  /// The same, and what waits for a person too.
  void endWithWaiting(String reason) throws IOException, InterruptedException {
    takeOverToEnd(reason);
    tick.endAllWaiting(new Outcome.Cancelled(reason));
    stop(reason);
  }

  private void takeOverToEnd(String reason) throws IOException, InterruptedException {
    stopping.askAll(new Outcome.Cancelled(reason));
    RunChildren.clearDead(context);
    if (!lookOnce(false).isWhole()) {
      tick.adoptWithoutFile();
    }
  }

  @Override
  public void close() throws IOException {
    baseCheck.end();
    awaitTidying();
    endChildren();
    keepAwake.close();
    ahead.close();
    watch.close();
    presence.close();
  }

  private void awaitTidying() {
    try {
      tick.tidying().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next loop removes them
    }
  }

  private void endChildren() throws IOException {
    try {
      children.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next daemon ends them
    }
  }
}
