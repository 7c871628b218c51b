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
public record CallLimits(Duration time, Duration silence, OptionalInt turns, OptionalDouble usd) {
  public static final CallLimits DEFAULT =
      new CallLimits(
          Duration.ofMinutes(60),
          Duration.ofMinutes(10),
          OptionalInt.empty(),
          OptionalDouble.empty());

  public CallLimits withTime(Duration limit) {
    return new CallLimits(limit, silence, turns, usd);
  }

  public CallLimits withSilence(Duration limit) {
    return new CallLimits(time, limit, turns, usd);
  }

  public CallLimits withTurns(int limit) {
    return new CallLimits(time, silence, OptionalInt.of(limit), usd);
  }

  public CallLimits withUsd(double limit) {
    return new CallLimits(time, silence, turns, OptionalDouble.of(limit));
  }
}
