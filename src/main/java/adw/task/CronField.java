package adw.task;

import java.util.List;
import java.util.Locale;

/// One field of a cron time: its bounds, its names and the numbers that are in it.
record CronField(String name, int low, int high, List<String> names, long bits) {
  static final CronField MINUTE = new CronField("minute", 0, 59, List.of(), 0);
  static final CronField HOUR = new CronField("hour", 0, 23, List.of(), 0);
  static final CronField DAY = new CronField("day of month", 1, 31, List.of(), 0);
  static final CronField MONTH =
      new CronField(
          "month",
          1,
          12,
          List.of(
              "january",
              "february",
              "march",
              "april",
              "may",
              "june",
              "july",
              "august",
              "september",
              "october",
              "november",
              "december"),
          0);

  /// 7 is Sunday too.
  static final CronField WEEKDAY =
      new CronField(
          "day of week",
          0,
          7,
          List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
          0);

  boolean has(int value) {
    return ((bits >> value) & 1) == 1;
  }

  boolean isAll() {
    var last = name.equals("day of week") ? 6 : high;
    for (var value = low; value <= last; value++) {
      if (!has(value)) {
        return false;
      }
    }
    return true;
  }

  // field: part ("," part)*
  CronField parse(String text) {
    var found = 0L;
    for (var part : text.split(",", -1)) {
      found |= part(part);
    }
    if (high == 7 && ((found >> 7) & 1) == 1) {
      found = (found & ~(1L << 7)) | 1;
    }
    return new CronField(name, low, high, names, found);
  }

  // part: ("*" | value ["-" value]) ["/" step]
  private long part(String part) {
    var slash = part.indexOf('/');
    var range = slash < 0 ? part : part.substring(0, slash);
    var step = slash < 0 ? 1 : number(part.substring(slash + 1), 1, high);
    if (range.equals("*")) {
      return bits(low, high == 7 ? 6 : high, step);
    }
    var dash = range.indexOf('-');
    var from = value(dash < 0 ? range : range.substring(0, dash));
    if (dash < 0) {
      return bits(from, slash < 0 ? from : high == 7 ? 6 : high, step);
    }
    var to = value(range.substring(dash + 1));
    return from <= to ? bits(from, to, step) : wrapped(from, to, step);
  }

  /// `fri-mon` goes over the end of the week; other fields do not turn round.
  private long wrapped(int from, int to, int step) {
    if (high != 7) {
      throw new IllegalArgumentException(name + " " + from + "-" + to + " runs backwards");
    }
    var found = 0L;
    for (var value = from; value <= to + 7; value += step) {
      found |= 1L << (value % 7);
    }
    return found;
  }

  private static long bits(int from, int to, int step) {
    var found = 0L;
    for (var value = from; value <= to; value += step) {
      found |= 1L << value;
    }
    return found;
  }

  private int value(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    for (var i = 0; i < names.size(); i++) {
      if (lower.length() >= 3 && names.get(i).startsWith(lower)) {
        return i + low;
      }
    }
    return number(text, low, high);
  }

  private int number(String text, int least, int most) {
    if (text.isEmpty() || text.length() > 2 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(name + " \"" + text + "\" is no number");
    }
    var value = Integer.parseInt(text);
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " " + value + " is not in " + least + "-" + most);
    }
    return value;
  }
}
