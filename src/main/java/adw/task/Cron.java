package adw.task;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Minutes, hours, days, months and weekdays as sets of bits.
///
/// A local time that a clock change skips is taken at the change; one that comes twice is taken
/// once, the first time, unless every hour is meant.
record Cron(
    CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays) {
  /// Long enough for 29 February across a century that has none.
  private static final int HORIZON_DAYS = 366 * 9;

  // cron: minute hour day-of-month month day-of-week
  static Cron parse(String text) {
    var fields = text.strip().split("[ \\t]+");
    if (fields.length != 5) {
      throw new IllegalArgumentException("a cron time has 5 fields, not " + fields.length);
    }
    return new Cron(
        CronField.MINUTE.parse(fields[0]),
        CronField.HOUR.parse(fields[1]),
        CronField.DAY.parse(fields[2]),
        CronField.MONTH.parse(fields[3]),
        CronField.WEEKDAY.parse(fields[4]));
  }

  Optional<ZonedDateTime> next(ZonedDateTime after) {
    var day = after.toLocalDate().minusDays(1);
    for (var i = 0; i < HORIZON_DAYS; i++, day = day.plusDays(1)) {
      for (var time : timesOn(day, after.getZone())) {
        if (time.isAfter(after)) {
          return Optional.of(time);
        }
      }
    }
    return Optional.empty();
  }

  Optional<ZonedDateTime> previous(ZonedDateTime at) {
    var day = at.toLocalDate().plusDays(1);
    for (var i = 0; i < HORIZON_DAYS; i++, day = day.minusDays(1)) {
      for (var time : timesOn(day, at.getZone()).reversed()) {
        if (!time.isAfter(at)) {
          return Optional.of(time);
        }
      }
    }
    return Optional.empty();
  }

  private List<ZonedDateTime> timesOn(LocalDate day, ZoneId zone) {
    if (!holds(day)) {
      return List.of();
    }
    var times = new ArrayList<ZonedDateTime>();
    for (var hour = 0; hour < 24; hour++) {
      for (var minute = 0; hours.has(hour) && minute < 60; minute++) {
        if (minutes.has(minute)) {
          addTimes(day.atTime(hour, minute), zone, times);
        }
      }
    }
    times.sort(null);
    return times;
  }

  /// Day and weekday together mean either, as in every cron, unless one of them is `*`.
  private boolean holds(LocalDate day) {
    if (!months.has(day.getMonthValue())) {
      return false;
    }
    var byDay = days.has(day.getDayOfMonth());
    var byWeekday = weekdays.has(day.getDayOfWeek().getValue() % 7);
    var isEither = !days.isAll() && !weekdays.isAll();
    return isEither ? byDay || byWeekday : byDay && byWeekday;
  }

  private void addTimes(LocalDateTime local, ZoneId zone, List<ZonedDateTime> times) {
    var rules = zone.getRules();
    var offsets = rules.getValidOffsets(local);
    if (offsets.isEmpty()) {
      var change = rules.getTransition(local).getInstant().atZone(zone);
      if (times.isEmpty() || !times.getLast().equals(change)) {
        times.add(change);
      }
      return;
    }
    for (var offset : hours.isAll() ? offsets : offsets.subList(0, 1)) {
      times.add(ZonedDateTime.ofInstant(local, offset, zone));
    }
  }
}
