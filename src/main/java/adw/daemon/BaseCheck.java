package adw.daemon;

import adw.git.Base;
import adw.git.Creation;
import adw.git.GitException;
import adw.git.NewWorktree;
import adw.git.Worktree;
import adw.os.Durable;
import adw.run.Order;
import adw.run.Outcome;
import adw.run.Place;
import adw.run.Run;
import adw.run.Stage;
import adw.run.State;
import adw.task.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// With `[workflow] verify` set, a base commit is verified once, as a run of its own, before
/// anything starts on it: a red base would fail every task.
final class BaseCheck {
  private static final Logger LOG = LoggerFactory.getLogger(BaseCheck.class);
  private static final String OK = "ok\n";
  private static final Outcome ENDED = new Outcome.Cancelled("ended with adw run");

  private final Site site;
  private final Bases bases;
  private final String daemon;
  private final Runnable wake;
  private final Stopping stopping = new Stopping();
  private volatile boolean isEnding;
  private volatile String checking = "";
  private final AtomicBoolean running = new AtomicBoolean();
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});

  /// @param wake called from any thread when a verdict is there
  BaseCheck(Site site, Bases bases, String daemon, Runnable wake) {
    this.site = site;
    this.bases = bases;
    this.daemon = daemon;
    this.wake = wake;
  }

  boolean isChecking(String run) {
    return run.equals(checking);
  }

  boolean isRunning() {
    return running.get();
  }

  /// Ends a check that is under way, with its processes; its base counts as not verified yet.
  void end() {
    isEnding = true;
    stopping.ask(checking, ENDED);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next daemon withdraws it
    }
  }

  /// Why nothing may start on the base as it is now; begins to verify it if nobody has.
  Optional<Decision.Held> findObstacle() throws IOException, InterruptedException {
    if (site.settings().limits().verify().isEmpty()) {
      return Optional.empty();
    }
    var base = bases.current();
    var verdict = verdictFile(base);
    if (!Files.exists(verdict)) {
      begin(base, verdict);
      return Optional.of(
          new Decision.Held(name(base) + " is being verified", "it starts when that has passed"));
    }
    var text = Files.readString(verdict, StandardCharsets.UTF_8);
    return text.equals(OK)
        ? Optional.empty()
        : Optional.of(
            new Decision.Held(
                name(base) + ": " + text.strip(), "mend the base, or try again: adw resume"));
  }

  /// Red verdicts are forgotten, so that the next look verifies again.
  static boolean forgetRed(State state) throws IOException {
    var folder = state.root().resolve("verified");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    var wasRed = false;
    try (var verdicts = Files.newDirectoryStream(folder)) {
      for (var verdict : verdicts) {
        if (!Files.readString(verdict, StandardCharsets.UTF_8).equals(OK)) {
          wasRed |= Files.deleteIfExists(verdict);
        }
      }
    }
    return wasRed;
  }

  private static String name(Base base) {
    return "base " + base.branch() + " @" + base.abbreviated();
  }

  private Path verdictFile(Base base) {
    var lines = Integer.toHexString(site.settings().limits().verify().hashCode());
    return site.state().root().resolve("verified").resolve(base.commit() + "-" + lines);
  }

  private void begin(Base base, Path verdict) {
    if (running.compareAndSet(false, true)) {
      thread = Thread.ofVirtual().name("verify").start(() -> verify(base, verdict));
    }
  }

  private void verify(Base base, Path verdict) {
    try {
      var failure = verify(base);
      if (failure.filter(Outcome.Cancelled.class::isInstance).isEmpty()) {
        write(verdict, failure.map(outcome -> reason(outcome) + "\n").orElse(OK));
      }
    } catch (IOException | GitException e) {
      LOG.error("{} could not be verified; the next look tries again", name(base), e);
      site.listener().noticed(name(base) + " could not be verified: " + e.getMessage());
    } catch (InterruptedException e) {
      LOG.info("left while {} was being verified", name(base));
    } finally {
      running.set(false);
      wake.run();
    }
  }

  private static void write(Path verdict, String text) throws IOException {
    Files.createDirectories(verdict.getParent());
    Durable.replace(verdict, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(Outcome outcome) {
    return outcome instanceof Outcome.Failed(_, var reason) ? reason : outcome.word();
  }

  private Optional<Outcome> verify(Base base) throws IOException, InterruptedException {
    var run = record(base);
    var worktree = create(run, base);
    var placed =
        run.in(
            new Place(
                worktree.branch(),
                worktree.folder(),
                base.branch(),
                base.commit(),
                Optional.empty(),
                0));
    var failure = check(placed, worktree);
    site.runs()
        .write(
            placed
                .at(new Stage.Ended(failure.orElse(new Outcome.Answered("passed")), false))
                .endedAt(site.now()));
    site.runs().close(run.id());
    worktree.moveTo(base.commit());
    worktree.remove(Optional.empty());
    site.repository().tryDeleteBranch(worktree.branch(), base.commit());
    return failure;
  }

  private Optional<Outcome> check(Run run, Worktree worktree)
      throws IOException, InterruptedException {
    return switch (new SetUp(site, stopping).run(run, worktree)) {
      case SetUp.Result.Failed(var outcome) -> Optional.of(outcome);
      case SetUp.Result.Ready(var ready) -> {
        var limits = site.settings().limits();
        var lines = new ShellLines(site, stopping, ShellLines.Kind.VERIFY);
        yield lines.run(ready, limits.verify(), limits.verifyTimeout());
      }
    };
  }

  private Run record(Base base) throws IOException {
    var id = site.runs().newId(site.world().random());
    var run = Run.claimed(id, new Run.Lineage(id, 1), order(base), daemon, site.now());
    checking = id;
    if (isEnding) {
      stopping.ask(id, ENDED);
    }
    site.runs().write(run);
    site.runs().open(id);
    return run;
  }

  private static Order order(Base base) {
    return new Order(
        "verify " + name(base),
        "",
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Order.Workflow("verify", Optional.empty()),
        true,
        List.of());
  }

  private Worktree create(Run run, Base base) throws IOException, InterruptedException {
    var folder = Bases.folder(site).resolve(run.id());
    return switch (site.repository()
        .create(NewWorktree.fresh(folder, "adw-verify-" + run.id(), base.commit()))) {
      case Creation.Made(var worktree) -> worktree;
      case Creation.Refused(var reason) -> throw new GitException(reason);
    };
  }
}
