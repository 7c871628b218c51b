package adw.agent.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds in an error's words when to try again.
public final class RetryTime {
  /// Seconds since 1970, alone or as in `usage limit reached|1735689600`.
  private static final Pattern EPOCH = Pattern.compile("(?:^|\\|)(1\\d{9})(?:\\d{3})?(?:$|\\D)");

  /// `2026-11-21T22:00:00Z`.
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");

  /// `retry after 30s`, `try again in 2 days 3 hours 5 minutes`, `"retryDelay":"34.5s"`, `resets in
  /// 4h 10m`.
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:(?:again|retry|resets?)["
              + " \\w]{0,12}?\\b(?:in|after)|retry-after|retrydelay|wait)[\"\\s:]*"
              + "((?:\\d+(?:\\.\\d+)?\\s*[a-z]*[\\s,]*(?:and\\s+)?)+)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]*)", Pattern.CASE_INSENSITIVE);

  /// `resets 4am (Europe/London)`, `try again at 3:45 PM`, `resets at 16:30`.
  private static final Pattern CLOCK =
      Pattern.compile(
          "(?:resets?|again)(?:\\s+at)?\\s+(\\d{1,2})(?::(\\d\\d))?\\s*([ap]m)?\\b(?!\\s*(?:s|sec|m|min|h|hour|d|day)s?\\b)(?:\\s*\\(([A-Za-z_]+/[A-Za-z_/]+|UTC)\\))?",
          Pattern.CASE_INSENSITIVE);

  private RetryTime() {}

  /// @param zone for times of day that name none
  public static Optional<Instant> find(String words, Instant now, ZoneId zone) {
    return findInstant(words)
        .or(() -> findClock(words, now, zone))
        .or(() -> findWait(words).map(now::plus))
        .filter(at -> at.isAfter(now) && at.isBefore(now.plus(Duration.ofDays(32))));
  }

  private static Optional<Instant> findInstant(String words) {
    var epoch = EPOCH.matcher(words);
    if (epoch.find()) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(epoch.group(1))));
    }
    var instant = INSTANT.matcher(words);
    try {
      return instant.find() ? Optional.of(Instant.parse(instant.group())) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty(); // 2026-13-45
    }
  }

  private static Optional<Instant> findClock(String words, Instant now, ZoneId zone) {
    var match = CLOCK.matcher(words);
    if (!match.find() || (match.group(2) == null && match.group(3) == null)) {
      return Optional.empty();
    }
    try {
      var there = match.group(4) == null ? zone : ZoneId.of(match.group(4));
      var next = now.atZone(there).with(timeOfDay(match));
      return Optional.of((next.toInstant().isAfter(now) ? next : next.plusDays(1)).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty(); // 27:00, or a zone that nobody knows: the words say nothing then
    }
  }

  private static LocalTime timeOfDay(Matcher match) {
    var hour = Integer.parseInt(match.group(1));
    var minute = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
    if (match.group(3) == null) {
      return LocalTime.of(hour, minute);
    }
    var isAfternoon = match.group(3).toLowerCase(Locale.ROOT).equals("pm");
    return LocalTime.of(hour % 12 + (isAfternoon ? 12 : 0), minute);
  }

  private static Optional<Duration> findWait(String words) {
    var match = WAIT.matcher(words);
    if (!match.find()) {
      return Optional.empty();
    }
    var sum = Duration.ZERO;
    for (var part = PART.matcher(match.group(1)); part.find(); ) {
      sum = sum.plusMillis((long) (Double.parseDouble(part.group(1)) * millis(part.group(2))));
    }
    return sum.isZero() ? Optional.empty() : Optional.of(sum);
  }

  /// A number without a unit is seconds, as in the HTTP header.
  private static long millis(String unit) {
    var word = unit.toLowerCase(Locale.ROOT);
    if (word.startsWith("ms") || word.startsWith("milli")) {
      return 1;
    }
    return switch (word.isEmpty() ? 's' : word.charAt(0)) {
      case 'd' -> 86_400_000L;
      case 'h' -> 3_600_000L;
      case 'm' -> 60_000L;
      case 's' -> 1000L;
      default -> 0L;
    };
  }
}
