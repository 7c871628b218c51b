package adw.flow.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Times as people write them: `500ms`, `30s`, `1.5h`, `7d`; a bare number is milliseconds.
final class FlowTimes {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s?(ms|s|m|h|d)?");
  private static final BigDecimal TOO_LONG = BigDecimal.valueOf(Duration.ofDays(36_500).toMillis());

  private FlowTimes() {}

  static Optional<Duration> parse(String text) {
    var found = SHAPE.matcher(text.strip());
    if (!found.matches()) {
      return Optional.empty();
    }
    var unit = found.group(2) == null ? "ms" : found.group(2);
    var millis = new BigDecimal(found.group(1)).multiply(BigDecimal.valueOf(millisOf(unit)));
    return millis.signum() > 0 && millis.compareTo(TOO_LONG) < 0
        ? Optional.of(Duration.ofNanos(0).plusMillis(Math.max(1, millis.longValue())))
        : Optional.empty();
  }

  private static long millisOf(String unit) {
    return switch (unit) {
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 1;
    };
  }
}
