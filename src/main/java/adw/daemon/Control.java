package adw.daemon;

import adw.os.Durable;
import adw.run.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a command does about the loop: through the daemons that live, by itself where there is
/// none.
public final class Control {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final long LOOK_MILLIS = 50;

  private final Site site;

  public Control(Site site) {
    this.site = site;
  }

  /// Whether any daemon of this repository lives.
  public static boolean isAnyoneThere(State state) throws IOException {
    return !Presence.findLive(state).isEmpty();
  }

  /// Carries out pending requests if no daemon is there to do so.
  ///
  /// @return why the task file could not be worked with: runs were ended all the same, the rest
  ///   waits
  public Optional<String> carryOutRequests() throws IOException, InterruptedException {
    if (isAnyoneThere(site.state())) {
      return Optional.empty();
    }
    try (var daemon = Daemon.open(site)) {
      return daemon.carryOutRequests();
    }
  }

  /// Starts nothing any more, ends every run's tree, keeps all work.
  ///
  /// @return how many runs were ended
  public int stop() throws IOException, InterruptedException {
    var open = countOpen();
    tellDaemons(site.state(), site.world().random());
    awaitDaemons();
    try (var daemon = Daemon.open(site)) {
      daemon.endEverything("stopped by adw stop");
    }
    return open - countOpen();
  }

  /// The check of a base is no run of a task.
  private int countOpen() throws IOException {
    var count = 0;
    for (var id : site.runs().openIds()) {
      count += site.runs().find(id).filter(CheckRun::isOne).isPresent() ? 0 : 1;
    }
    return count;
  }

  /// A person says that what went wrong is mended: paused agents may start again, and a red base is
  /// verified again. Whether there was anything to forget.
  public static boolean tryAgain(State state) throws IOException {
    var hadStreaks = new Streaks(state).forget();
    Holds.note(state, Optional.empty());
    return Verdicts.forgetRed(state) || hadStreaks;
  }

  private static void tellDaemons(State state, RandomGenerator random) throws IOException {
    var word = "%016x\n".formatted(random.nextLong());
    Durable.replace(state.stop(), word.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitDaemons() throws IOException, InterruptedException {
    var end = System.nanoTime() + STOP_LIMIT.toNanos();
    while (isAnyoneThere(site.state()) && System.nanoTime() < end) {
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
