package adw.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations and sizes as people write them: `90s`, `1h30m`, `1.5h`, `2 h`, `7d`; `500MB`, `1GiB`.
public final class Durations {
  // duration: part ([blank] part)*     part: digits ["." digits] [blank] unit
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?(ms|[smhd])");

  private static final Pattern DURATION =
      Pattern.compile("PART(?: ?PART)*".replace("PART", PART.pattern()));

  /// What dates can still be counted with.
  private static final BigDecimal LONGEST =
      BigDecimal.valueOf(Duration.ofDays(999_999_999).toMillis());

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,6})?");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s?([KMGT]i?)?B?");

  private Durations() {}

  /// A number without a unit is none: `30` could be seconds or minutes.
  public static Optional<Duration> findDuration(String text) {
    if (!DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    var millis = BigDecimal.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      var unit = BigDecimal.valueOf(unit(parts.group(2)).toMillis());
      millis = millis.add(new BigDecimal(parts.group(1)).multiply(unit));
    }
    return millis.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(millis.setScale(0, RoundingMode.UP).longValueExact()));
  }

  /// The same where a number without a unit is milliseconds.
  public static Optional<Duration> findDurationOrMillis(String text) {
    return findDuration(NUMBER.matcher(text).matches() ? text + "ms" : text);
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
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
    if (limit.toMillisPart() != 0) {
      return limit.toMillis() + "ms";
    }
    if (limit.toSecondsPart() != 0 || limit.isZero()) {
      return limit.toSeconds() + "s";
    }
    return limit.toMinutesPart() == 0 ? limit.toHours() + "h" : limit.toMinutes() + "m";
  }

  /// For people, in the two largest units: `3m 20s`, `2h 5m`, `4d`.
  public static String words(Duration duration) {
    var left = Math.max(0, duration.toSeconds());
    var words = new StringBuilder();
    var shown = 0;
    for (var name : List.of("d", "h", "m", "s")) {
      var length = unit(name).toSeconds();
      if (shown < 2 && left >= length) {
        words.append(words.isEmpty() ? "" : " ").append(left / length).append(name);
        shown++;
      } else if (shown > 0) {
        break;
      }
      left %= length;
    }
    return words.isEmpty() ? "0s" : words.toString();
  }

  /// An age, in its largest unit: `2m`, `5h`, `3d`.
  public static String age(Duration duration) {
    return words(duration).split(" ", 2)[0];
  }
}
