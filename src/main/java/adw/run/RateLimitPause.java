package adw.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long a rate limit is waited out: until the time that was named, else for a minute, and twice
/// as long with each in a row, up to half an hour.
public final class RateLimitPause {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /// No plan has limits that last longer than a month: another time is a mistake.
  private static final Duration LONGEST_LIMIT = Duration.ofDays(32);

  private RateLimitPause() {}

  /// @param row how many limits were met without a call between them that went well, from 1 on
  public static Instant end(Optional<Instant> named, long row, Instant now) {
    return likely(named, now).orElseGet(() -> now.plus(pause(row)));
  }

  /// The named time, where a limit can end then. One that should have ended by now has not.
  public static Optional<Instant> likely(Optional<Instant> named, Instant now) {
    return named.filter(time -> time.isAfter(now) && time.isBefore(now.plus(LONGEST_LIMIT)));
  }

  private static Duration pause(long row) {
    var pause = FIRST.multipliedBy(1L << Math.clamp(row - 1, 0, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
