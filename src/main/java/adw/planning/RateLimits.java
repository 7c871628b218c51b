package adw.planning;

import adw.run.RateLimitPause;
import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/// Rate limits that workflows report: the run waits, and so do the other tasks of whoever plays it.
/// A flow notes the pause of its agents itself.
public final class RateLimits {

  private RateLimits() {}

  /// The run, waiting. A limit of which nobody says when it ends, or that should have ended by now,
  /// is waited out, longer each time.
  public static Run await(Run run, int round, Stage.Wait wait, Instant now) {
    if (wait.why() != Stage.Wait.Why.RATE_LIMIT) {
      return run.at(new Stage.Waiting(round, wait));
    }
    var row = run.notes().rateLimits() + 1;
    var isNamed = RateLimitPause.likely(wait.until(), now).isPresent();
    var isWrong = !isNamed && wait.until().filter(now::isBefore).isPresent();
    var message =
        isWrong
            ? "until " + wait.until().get() + " is no rate limit: " + wait.message()
            : wait.message();
    var until = RateLimitPause.end(wait.until(), row, now);
    var known = new Stage.Wait(wait.why(), Optional.of(until), message);
    return run.with(run.notes().withRateLimits(row)).at(new Stage.Waiting(round, known));
  }

  /// Which players wait at that moment, and until when; for many questions.
  static Met look(RunStore runs, Instant now) throws IOException {
    var until = new HashMap<String, Instant>();
    var waiting = new HashSet<>(runs.openIds());
    waiting.removeAll(runs.liveIds()); // one that waits holds no slot
    for (var id : waiting) {
      var run = runs.find(id).filter(found -> !isFlow(runs, found));
      run.flatMap(RateLimits::end)
          .filter(now::isBefore)
          .ifPresent(end -> until.merge(FailureStreaks.player(run.get()), end, RateLimits::later));
    }
    return new Met(until);
  }

  private static boolean isFlow(RunStore runs, Run run) {
    return Files.isDirectory(runs.state().run(run.id()).resolve("flow"));
  }

  private static Optional<Instant> end(Run run) {
    return run.stage() instanceof Stage.Waiting(_, var wait)
            && wait.why() == Stage.Wait.Why.RATE_LIMIT
        ? wait.until()
        : Optional.empty();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  record Met(Map<String, Instant> until) {
    /// When the player goes on.
    Optional<Instant> find(String player) {
      return Optional.ofNullable(until.get(player));
    }
  }
}
