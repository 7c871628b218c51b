package adw.daemon;

import adw.daemon.attempt.CancelRequests;
import adw.daemon.attempt.RunBase;
import adw.daemon.attempt.RunChildren;
import adw.daemon.context.DaemonContext;
import adw.git.BaseBranch;
import adw.git.config.BaseLook;
import adw.git.config.GitException;
import adw.os.ProblemWords;
import adw.run.Outcome;
import adw.run.Run;
import adw.task.readiness.Decision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// With `[workflow] verify` set, a base commit is verified once, beside the loop, before anything
/// starts on it: a red base would fail every task.
final class BaseVerification {
  private static final Logger LOG = LoggerFactory.getLogger(BaseVerification.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// As long a fetch counts.
  private static final Duration ABSENCE = Duration.ofMinutes(5);

  private static final Outcome ENDED = new Outcome.Cancelled("ended with adw run");

  private final DaemonContext context;
  private final RunBase bases;
  private final String daemon;
  private final Runnable wake;
  private final CancelRequests stopping;
  private final RunChildren fetches;
  private final BaseVerificationRun checks;
  private final BaseVerdicts verdicts;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean fetching = new AtomicBoolean();

  /// Checks that this daemon has in hand, by the ids of their runs.
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  private volatile boolean isEnding;
  private volatile Optional<Thread> fetcher = Optional.empty();
  private volatile Optional<Trouble> trouble = Optional.empty();

  /// Bases that a remote was asked for and did not have, by their names.
  private final Map<String, Absence> absences = new ConcurrentHashMap<>();

  private record Absence(String why, Instant until) {}

  /// Why a base could not be verified, which says nothing about the base.
  private record Trouble(String commit, String why, Instant until) {
    boolean holds(BaseBranch base, Instant now) {
      return commit.equals(base.commit()) && now.isBefore(until);
    }
  }

  /// @param wake called from any thread when a verdict is there
  BaseVerification(DaemonContext context, RunBase bases, DaemonShare own, Runnable wake) {
    this.context = context;
    this.bases = bases;
    this.daemon = own.name();
    this.fetches = own.children();
    this.stopping = new CancelRequests(own.stopWord());
    this.wake = wake;
    this.checks = new BaseVerificationRun(context, bases, stopping);
    this.verdicts = new BaseVerdicts(context.state(), context.settings().limits().verify());
  }

  boolean isChecking(String run) {
    return threads.containsKey(run);
  }

  boolean isRunning() {
    return running.get() || fetching.get();
  }

  /// Ends a check that is under way, with its processes; its base counts as not verified yet.
  void end() {
    isEnding = true;
    var all = Map.copyOf(threads);
    all.keySet().forEach(id -> stopping.ask(id, ENDED));
    fetcher.ifPresent(Thread::interrupt);
    try {
      for (var thread : fetcher.stream().toList()) {
        thread.join();
      }
      for (var thread : all.values()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next daemon clears it away
    }
  }

  /// Why nothing may start on the base as it is now; begins to verify it if nobody has, and to ask
  /// the remote where that is due.
  Optional<Decision.Held> findObstacle() throws IOException, InterruptedException {
    var gone = findGone();
    return gone.isPresent() ? gone : findUnverified();
  }

  /// The base may be renamed or deleted while the loop runs; for all who look it is noted here.
  private Optional<Decision.Held> findGone() throws IOException {
    var repository = context.repository();
    var look = new BaseLook(repository.place(), repository.startBranch(), context.now());
    var named = context.settings().worktrees().base();
    return (named.isBlank() ? look.findUsual() : look.find(named))
            instanceof BaseLook.Found.Nowhere(var why, var cure)
        ? Optional.of(new Decision.Held(why, cure))
        : Optional.empty();
  }

  private Optional<Decision.Held> findUnverified() throws IOException, InterruptedException {
    if (context.settings().limits().verify().isEmpty()) {
      return Optional.empty();
    }
    try {
      return findObstacleAtBase();
    } catch (GitException e) {
      return Optional.of(
          new Decision.Held(
              "the base cannot be verified: " + ProblemWords.of(e), "mend that first"));
    }
  }

  private Optional<Decision.Held> findObstacleAtBase() throws IOException, InterruptedException {
    if (fetching.get() || (!running.get() && bases.isFetchDue())) {
      beginFetch(Optional.empty());
      return Optional.of(
          new Decision.Held("the base branch is being fetched", "it starts when that has ended"));
    }
    var base = RunBase.known(context);
    var verdict = verdicts.find(base);
    if (verdict.isEmpty()) {
      return Optional.of(unverified(base));
    }
    var hold = verdict.get().hold(base);
    if (hold.isEmpty()) {
      bases.startFrom(base);
    }
    return hold;
  }

  private Decision.Held unverified(BaseBranch base) {
    var known = trouble.filter(last -> last.holds(base, context.now()));
    if (known.isPresent()) {
      return new Decision.Held(
          base.name() + " could not be verified: " + known.get().why,
          "mend that; it is tried again each minute");
    }
    begin(base);
    return new Decision.Held(base.name() + " is being verified", "it starts when that has passed");
  }

  /// Why nothing starts from a base that a remote may have; begins to ask it.
  Optional<Decision.Held> findUnknown(String base) {
    var absence = Optional.ofNullable(absences.get(base));
    if (absence.filter(known -> context.now().isBefore(known.until)).isPresent()) {
      return Optional.of(new Decision.Held(absence.get().why, "git branch -a names the branches"));
    }
    beginFetch(Optional.of(base));
    return Optional.of(
        new Decision.Held("branch " + base + " is being fetched", "it starts when that has ended"));
  }

  /// @param base the usual one if none is named
  private void beginFetch(Optional<String> base) {
    if (!isEnding && fetching.compareAndSet(false, true)) {
      var thread = Thread.ofPlatform().daemon().name("fetch").unstarted(() -> fetch(base));
      LocalRunner.start(thread, () -> fetching.set(false));
      fetcher = Optional.of(thread);
    }
  }

  /// Its failure is no obstacle where the branch is known: that is started from, with a warning.
  private void fetch(Optional<String> base) {
    try {
      fetches.keep(() -> {
        bases.fetch(base);
        return true;
      });
    } catch (GitException e) {
      base.ifPresent(name -> absences.put(name, absence(e)));
      if (base.isEmpty()) {
        failed(e);
      }
    } catch (IOException e) {
      failed(e);
    } catch (InterruptedException e) {
      LOG.info("left while the base branch was being fetched");
    } finally {
      fetching.set(false);
      wake.run();
    }
  }

  private Absence absence(GitException e) {
    return new Absence(ProblemWords.of(e), context.now().plus(ABSENCE));
  }

  private void failed(Exception e) {
    LOG.error("the base branch could not be fetched", e);
    context.listener().noticed("the base branch could not be fetched: " + ProblemWords.of(e));
  }

  private void begin(BaseBranch base) {
    if (!isEnding && running.compareAndSet(false, true)) {
      var run = checks.planned(context.runs().newId(context.world().random()), base, daemon);
      try {
        start(run, () -> verify(base, run));
      } catch (Error e) {
        running.set(false);
        throw e;
      }
    }
  }

  private void start(Run run, Runnable work) {
    var thread = Thread.ofPlatform().daemon().name("verify " + run.id()).unstarted(work);
    threads.put(run.id(), thread);
    LocalRunner.start(thread, () -> threads.remove(run.id()));
  }

  private void verify(BaseBranch base, Run run) {
    try {
      var failure = RunChildren.of(context, run, stopping).keep(() -> checks.verify(run));
      if (failure.filter(Outcome.Cancelled.class::isInstance).isEmpty()) {
        verdicts.write(base, verdict(failure));
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("{} could not be verified; it is tried again in {}", base.name(), PATIENCE, e);
      var why = ProblemWords.of(e);
      trouble = Optional.of(new Trouble(base.commit(), why, context.now().plus(PATIENCE)));
    } catch (InterruptedException e) {
      LOG.info("left while {} was being verified", base.name());
    } finally {
      threads.remove(run.id());
      running.set(false);
      wake.run();
    }
  }

  private static BaseVerdicts.Verdict verdict(Optional<Outcome> failure) {
    if (failure.isEmpty()) {
      return new BaseVerdicts.Verdict.Green();
    }
    return new BaseVerdicts.Verdict.Red(
        failure.get() instanceof Outcome.Failed(_, var reason) ? reason : failure.get().word());
  }

  /// Takes away what the check of a daemon that died has left; beside the loop, since its processes
  /// may take a while to end. What this one cannot clear is left to the next.
  void clear(Run left) throws IOException {
    var run = context.runs().write(left.ownedBy(daemon));
    start(run, () -> clearAway(run));
  }

  private void clearAway(Run run) {
    try {
      RunChildren.of(context, run, stopping)
          .keep(() -> {
            checks.clear(run);
            return true;
          });
      checks.close(run, new Outcome.Cancelled("its daemon died"));
      threads.remove(run.id());
    } catch (IOException | GitException e) {
      LOG.error("{}: what its check left cannot be cleared away", run.id(), e);
      context
          .listener()
          .noticed(run.order().text() + ": cannot be cleared away: " + ProblemWords.of(e));
    } catch (InterruptedException e) {
      LOG.info("left while {} was being cleared away", run.id());
    }
  }
}
