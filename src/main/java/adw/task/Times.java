package adw.task;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// When a time in the brackets has come.
final class Times {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Times() {}

  /// A time without a date is the first one since the line was seen; of a line that nobody
  /// remembers, today's. A local time that a clock change skips comes with the change.
  static ZonedDateTime start(Mark.NotBefore mark, Optional<Instant> seen, ZonedDateTime now) {
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

  /// Whether the schedule has fired since that moment; many missed times are one.
  static boolean hasFired(Schedule schedule, Instant since, ZonedDateTime now) {
    return schedule.previous(now).filter(last -> last.toInstant().isAfter(since)).isPresent();
  }

  static String show(ZonedDateTime time) {
    return SHOWN.format(time);
  }
}
