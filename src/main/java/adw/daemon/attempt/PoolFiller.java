package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.StopWord;
import adw.git.config.GitException;
import adw.os.Disk;
import adw.os.ProblemWords;
import adw.run.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes worktrees ahead of their runs (`[worktree] ready`), one at a time, while nothing more
/// urgent is to be done: a run that finds one starts at once. They belong to nobody, and go with
/// this daemon.
public final class PoolFiller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolFiller.class);

  /// What nobody has wanted for so long is no longer kept ready, until somebody wants one.
  private static final Duration UNUSED = Duration.ofMinutes(30);

  /// How often it is looked whether the base has moved while all is ready: an idle loop costs
  /// nothing.
  private static final Duration PACE = Duration.ofSeconds(30);

  private static final int TOUCHED_MOST = 2;
  private static final Outcome ENDED = new Outcome.Cancelled("ended with adw run");

  private final DaemonContext context;
  private final RunBase bases;
  private final CancelRequests stopping;
  private final ReadyMaker maker;
  private final ReadyRemoval removal;
  private final ReadyPool pool = new ReadyPool();
  private final Queue<ReadyRun> used = new ConcurrentLinkedQueue<>();
  private final AtomicInteger urgent = new AtomicInteger();
  private final Semaphore idle = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().name("ahead").unstarted(this::work);
  private volatile int wanted;
  private volatile boolean isClosing;
  private volatile boolean isStaying;
  private volatile Instant lastUse;
  private final AtomicInteger touched = new AtomicInteger();
  private final Queue<ReadyRun> dropped = new ConcurrentLinkedQueue<>();
  private boolean isSetUpToldOff;
  private boolean isMoreLeft;
  private Instant nextLook = Instant.EPOCH;
  private volatile boolean hasNoted;
  private String lastProblem = "";

  private PoolFiller(DaemonContext context, RunBase bases, StopWord stopWord) {
    this.context = context;
    this.bases = bases;
    this.stopping = new CancelRequests(stopWord);
    this.maker = new ReadyMaker(context, stopping);
    this.removal = new ReadyRemoval(context);
    this.wanted = context.settings().worktrees().ahead().ready();
    this.lastUse = context.now();
  }

  public static PoolFiller start(DaemonContext context, RunBase bases, StopWord stopWord) {
    var filler = new PoolFiller(context, bases, stopWord);
    filler.thread.start();
    return filler;
  }

  // Those who need one

  /// The id of the run that a task is about to become, if one is ready.
  public Optional<String> promise() {
    return pool.promise();
  }

  /// What was promised to plans that came to nothing is free again.
  public void takeBack() {
    pool.takeBack(context.runs()::isRecorded);
  }

  /// What was made for this run; from here on it is the caller's.
  Optional<ReadyRun> take(String run) {
    lastUse = context.now();
    return pool.take(run);
  }

  /// Its run ended before it could use what was made for it.
  void drop(String run) {
    pool.take(run).ifPresent(dropped::add);
  }

  /// A run works in it now.
  void given(ReadyRun ready) {
    touched.set(0);
    used.add(ready);
  }

  /// Somebody had been at one. Twice in a row is no accident: a program looks into all folders
  /// here.
  void touched() {
    if (touched.incrementAndGet() == TOUCHED_MOST) {
      turnOff(
          "worktrees made ahead are changed by some program before their runs begin, so none is"
              + " made ahead any more");
    }
  }

  /// While the returned value is open a run is being prepared, and nothing else is begun.
  Urgent urgent() {
    urgent.incrementAndGet();
    return () -> {
      if (urgent.decrementAndGet() == 0 && isStaying) {
        wake();
      }
    };
  }

  interface Urgent extends AutoCloseable {
    @Override
    void close();
  }

  /// A loop that stays has looked, and has nothing to do for now.
  public void mayWork() {
    isStaying = true;
    wake();
  }

  private void wake() {
    if (idle.availablePermits() == 0) {
      idle.release();
    }
  }

  // Those who make them

  private void work() {
    try {
      clearLeftovers();
      while (!isClosing) {
        idle.acquire();
        fill();
      }
    } catch (InterruptedException e) {
      LOG.debug("no more worktrees are made ahead");
    }
  }

  /// What daemons that were killed had made, also where none are wanted now.
  private void clearLeftovers() throws InterruptedException {
    try {
      var cleared = ReadyLeftovers.clear(context);
      isMoreLeft = cleared.isMoreToCome();
      cleared.left().forEach(folder -> context.listener().noticed(stays(folder)));
    } catch (IOException | GitException e) {
      LOG.warn("worktrees that a dead adw run had made ahead stay: {}", ProblemWords.of(e));
    }
  }

  /// What is said of one with somebody's work in it.
  public static String stays(Path folder) {
    return folder
        + " was made ahead, and somebody has changed it: it stays (cure: git worktree remove "
        + folder
        + ")";
  }

  private void fill() throws InterruptedException {
    try {
      closeUsed();
      removeUnused();
      if (isMoreLeft) {
        clearLeftovers();
      }
      while (isToFill() && fillOnce()) {
        LOG.debug("one worktree more is ready");
      }
      lastProblem = "";
    } catch (IOException | GitException e) {
      var problem = ProblemWords.of(e);
      if (!problem.equals(lastProblem) && !isClosing) {
        LOG.warn("no worktree could be made ahead: {}", problem);
      }
      lastProblem = problem;
    } catch (RuntimeException | Error e) {
      LOG.error("no worktree is made ahead any more", e);
      wanted = 0;
    }
  }

  /// Many watches take the system as long as the rest of a claim: they go when nobody waits.
  private void closeUsed() {
    for (var ready = used.poll(); ready != null; ready = used.poll()) {
      ready.worktree().close();
    }
  }

  private void removeUnused() throws IOException, InterruptedException {
    for (var ready = dropped.poll(); ready != null; ready = dropped.poll()) {
      remove(ready);
    }
    if (isUnused() || wanted == 0) {
      for (var ready = pool.takeFree(_ -> true);
          ready.isPresent();
          ready = pool.takeFree(_ -> true)) {
        remove(ready.get());
      }
    }
  }

  private boolean isUnused() {
    return Duration.between(lastUse, context.now()).compareTo(UNUSED) >= 0;
  }

  private boolean isToFill() throws IOException {
    return wanted > 0
        && !isClosing
        && urgent.get() == 0
        && !isUnused()
        && (pool.size() < wanted || !context.now().isBefore(nextLook))
        && hasRoom();
  }

  /// Runs need some too.
  private boolean hasRoom() throws IOException {
    return Disk.freeBytes(context.state().root()) >= 2 * context.settings().worktrees().minFree();
  }

  /// False if nothing was left to do.
  private boolean fillOnce() throws IOException, InterruptedException {
    nextLook = context.now().plus(PACE);
    var base = findBase();
    if (base.isEmpty()) {
      return false;
    }
    var old = pool.takeFree(ready -> !ready.worktree().commit().equals(base.get()));
    if (old.isPresent()) {
      bringUpToDate(old.get(), base.get());
      return true;
    }
    return pool.size() < wanted && makeOne(base.get());
  }

  /// As far as it is known here: fetching is for the run that starts from it. Empty until it has
  /// passed `verify`.
  private Optional<String> findBase() throws IOException, InterruptedException {
    var known = RunBase.known(context).commit();
    return context.settings().limits().verify().isEmpty() || bases.isVerified(known)
        ? Optional.of(known)
        : Optional.empty();
  }

  private boolean makeOne(String base) throws IOException, InterruptedException {
    var made = maker.make(base);
    made.ifPresent(pool::add);
    tellLeftProcess();
    if (!maker.isPossible()) {
      wanted = 0; // git makes worktrees here
    }
    return made.isPresent();
  }

  private void tellLeftProcess() throws IOException {
    if (maker.hasLeftProcess() && !isSetUpToldOff) {
      isSetUpToldOff = true;
      tell(
          "set-up left a process running, which was ended: set-up runs in the runs from now on, not"
              + " ahead (cure: let setup leave none, or setup_ahead = false)");
    }
  }

  private void bringUpToDate(ReadyRun old, String base) throws IOException, InterruptedException {
    var worktree = old.worktree();
    if (!worktree.isUntouched()) {
      touched();
      remove(old);
    } else if (isOutdated(old, base) || !worktree.tryMove(base)) {
      remove(old);
    } else {
      maker.sealed(old).ifPresentOrElse(pool::add, () -> removeNow(old));
    }
  }

  private boolean isOutdated(ReadyRun old, String base) throws IOException {
    return old.setUpAt().isPresent()
        && SetUpInputs.of(context).haveChanged(old.setUpAt().get(), base);
  }

  private void removeNow(ReadyRun ready) {
    try {
      removal.remove(ReadyMaker.record(ready), Optional.of(ready.worktree()));
    } catch (IOException e) {
      LOG.warn("{} is still there: {}", ready.worktree().folder(), ProblemWords.of(e));
    }
  }

  private void remove(ReadyRun ready) throws IOException, InterruptedException {
    if (!ready.worktree().isUntouched() && ready.worktree().holdsWork()) {
      removal.leave(ReadyMaker.record(ready), ready.worktree());
      context.listener().noticed(stays(ready.worktree().folder()));
    } else {
      removal.remove(ReadyMaker.record(ready), Optional.of(ready.worktree()));
    }
  }

  private void turnOff(String why) {
    wanted = 0;
    try {
      tell(why + " (cure: keep it out of trees/, or ready = 0)");
    } catch (IOException e) {
      LOG.warn("adw doctor cannot say that {}: {}", why, ProblemWords.of(e));
    }
  }

  private void tell(String why) throws IOException {
    context.listener().noticed(why);
    AheadNote.write(context.state(), why);
    hasNoted = true;
  }

  /// Ends the set-up that is under way. What is ready is removed.
  @Override
  public void close() {
    isClosing = true;
    stopping.askAll(ENDED);
    idle.release();
    try {
      thread.join();
      closeUsed();
      pool.takeAll().forEach(dropped::add);
      removeUnused();
      if (isMoreLeft) {
        clearLeftovers();
      }
      if (hasNoted) {
        AheadNote.delete(context.state());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next daemon removes them
    } catch (IOException | GitException e) {
      LOG.warn("worktrees made ahead stay until the next adw run: {}", ProblemWords.of(e));
    }
  }
}
