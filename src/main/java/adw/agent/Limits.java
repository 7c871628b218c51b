package adw.agent;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How far one call may go. Time is counted on a clock that stands still while the machine sleeps.
///
/// @param time from start to end
/// @param silence without output, and with less than a second of work in the whole process tree
/// @param turns of the model
/// @param usd for this call alone
public record Limits(Duration time, Duration silence, OptionalInt turns, OptionalDouble usd) {
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofMinutes(60),
          Duration.ofMinutes(10),
          OptionalInt.empty(),
          OptionalDouble.empty());

  public Limits withTime(Duration limit) {
    return new Limits(limit, silence, turns, usd);
  }

  public Limits withSilence(Duration limit) {
    return new Limits(time, limit, turns, usd);
  }

  public Limits withTurns(int limit) {
    return new Limits(time, silence, OptionalInt.of(limit), usd);
  }

  public Limits withUsd(double limit) {
    return new Limits(time, silence, turns, OptionalDouble.of(limit));
  }
}
