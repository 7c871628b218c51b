package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.git.config.GitException;
import adw.os.Disk;
import adw.os.ProblemWords;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes worktrees ahead (`[worktree] ready`), one at a time, while nothing more urgent is to be
/// done: a run that finds one starts sooner. They belong to nobody, and go with this daemon.
public final class PoolFiller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolFiller.class);

  private final DaemonContext site;
  private final int wanted;
  private final AtomicInteger urgent = new AtomicInteger();
  private final Semaphore idle = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().name("ahead").unstarted(this::work);

  private PoolFiller(DaemonContext site) {
    this.site = site;
    this.wanted = site.settings().worktrees().ready();
  }

  public static PoolFiller start(DaemonContext site) {
    var ahead = new PoolFiller(site);
    ahead.thread.start();
    return ahead;
  }

  /// While the returned value is open a run is being prepared, and nothing else is begun.
  Urgent urgent() {
    urgent.incrementAndGet();
    return urgent::decrementAndGet;
  }

  interface Urgent extends AutoCloseable {
    @Override
    void close();
  }

  /// The loop has looked, and has nothing to do for now.
  public void mayWork() {
    if (wanted > 0 && idle.availablePermits() == 0) {
      idle.release();
    }
  }

  private void work() {
    try {
      clearAwayOfTheDead();
      while (wanted > 0) {
        idle.acquire();
        fill();
      }
    } catch (InterruptedException e) {
      LOG.debug("no more worktrees are made ahead");
    }
  }

  /// What daemons that were killed had made, also where none are wanted now.
  private void clearAwayOfTheDead() {
    try {
      site.repository().ready().keep(RunBase.folder(site), wanted);
    } catch (IOException | GitException e) {
      LOG.warn("worktrees that a dead adw run had made ahead stay: {}", ProblemWords.of(e));
    }
  }

  private void fill() throws InterruptedException {
    try {
      while (urgent.get() == 0 && hasRoom() && site.repository().ready().refill(base())) {
        LOG.debug("one worktree more is ready");
      }
    } catch (IOException | GitException e) {
      LOG.warn("no worktree could be made ahead: {}", ProblemWords.of(e));
    }
  }

  private boolean hasRoom() throws IOException {
    return Disk.freeBytes(site.state().root()) >= site.settings().worktrees().minFree();
  }

  /// As far as it is known here: fetching is for the run that starts from it.
  private String base() throws IOException, InterruptedException {
    return RunBase.known(site).commit();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
