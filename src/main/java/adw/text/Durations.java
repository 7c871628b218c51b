package adw.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations and sizes as people write them: `90s`, `1h30m`, `7d`; `500MB`, `1GiB`.
public final class Durations {
  private static final Pattern DURATION = Pattern.compile("(?:\\d{1,9}(?:ms|[smhd]))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhd])");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s?([KMGT]i?)?B?");

  private Durations() {}

  public static Optional<Duration> findDuration(String text) {
    if (!DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    var total = Duration.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      total = total.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
    }
    return Optional.of(total);
  }

  private static Duration part(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /// Bytes; `1GB` is 10⁹ of them, `1GiB` 2³⁰.
  public static Optional<Long> findSize(String text) {
    var match = SIZE.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    var unit = match.group(2) == null ? "" : match.group(2);
    var step = unit.endsWith("i") ? 1024 : 1000;
    var bytes = Long.parseLong(match.group(1));
    for (var i = 0; i <= (unit.isEmpty() ? -1 : "KMGT".indexOf(unit.charAt(0))); i++) {
      bytes *= step;
    }
    return Optional.of(bytes);
  }

  /// `90s`, `30m`, `2h`, `1500ms`: in one unit, as settings are typed.
  public static String typed(Duration limit) {
    if (limit.toSecondsPart() != 0 || limit.isZero()) {
      return limit.toMillisPart() != 0 ? limit.toMillis() + "ms" : limit.toSeconds() + "s";
    }
    return limit.toMinutesPart() == 0 ? limit.toHours() + "h" : limit.toMinutes() + "m";
  }

  /// For people, in the two largest units: `3m 20s`, `2h 5m`, `4d`.
  public static String words(Duration duration) {
    var left = Math.max(0, duration.toSeconds());
    var words = new StringBuilder();
    var shown = 0;
    for (var unit : List.of("d", "h", "m", "s")) {
      var length = part(1, unit).toSeconds();
      if (shown < 2 && left >= length) {
        words.append(words.isEmpty() ? "" : " ").append(left / length).append(unit);
        shown++;
      } else if (shown > 0) {
        break;
      }
      left %= length;
    }
    return words.isEmpty() ? "0s" : words.toString();
  }
}
