package adw.task;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// When a time in the brackets has come.
public final class DueTime {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private static final Duration DAY = Duration.ofDays(1);

  private DueTime() {}

  /// A time without a date is the first one since the line was seen; of a line that nobody
  /// remembers, today's. A local time that a clock change skips comes with the change.
  public static ZonedDateTime start(
      Mark.NotBefore mark, Optional<Instant> seen, ZonedDateTime now) {
    if (mark.date().isPresent()) {
      return LocalDateTime.of(mark.date().get(), mark.time()).atZone(now.getZone());
    }
    var from = seen.map(instant -> instant.atZone(now.getZone())).orElse(now);
    var sameDay = from.toLocalDate().atTime(mark.time()).atZone(now.getZone());
    var isGone = seen.isPresent() && sameDay.isBefore(from);
    return isGone
        ? from.toLocalDate().plusDays(1).atTime(mark.time()).atZone(now.getZone())
        : sameDay;
  }

  /// Whether the schedule has fired since that moment; many missed times are one. Since a moment
  /// that a wrong clock told: within the last day.
  public static boolean hasFired(Schedule schedule, Instant since, ZonedDateTime now) {
    var from = ofRightClock(Optional.of(since), now).orElse(now.toInstant().minus(DAY));
    return schedule.previous(now).filter(last -> last.toInstant().isAfter(from)).isPresent();
  }

  /// Without one that lies days ahead: the clock was wrong then.
  public static Optional<Instant> ofRightClock(Optional<Instant> seen, ZonedDateTime now) {
    return seen.filter(moment -> moment.isBefore(now.toInstant().plus(DAY)));
  }

  public static String show(ZonedDateTime time) {
    return SHOWN.format(time);
  }
}
