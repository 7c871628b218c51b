package adw.task;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What may follow a `⏰`: nothing, names, a time, or a schedule; and the same said in words, for
/// keyboards without that sign.
final class WaitParser {
  private static final int LONGEST_TIME = 200;
  private static final Pattern TIME = Pattern.compile("[0-9]{1,2}:[0-9]{2}");
  private static final Pattern DATE =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ \\tT]+([0-9]{1,2}:[0-9]{2}))?");
  private static final Pattern DAYS =
      Pattern.compile(
          "(daily|DAY(?:(?:-|, ?)DAY)*)[ \\t]+([0-9]{1,2}:[0-9]{2})"
              .replace("DAY", "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"),
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CRON = Pattern.compile("cron[ \\t]+(.*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern AFTER =
      Pattern.compile(
          "after[ \\t]+(NAME(?:[ \\t]*,[ \\t]*NAME)*)".replace("NAME", "#?[\\p{L}\\p{N}_.-]+"),
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AT =
      Pattern.compile("at[ \\t]+([0-9][0-9 \\t:T-]*)", Pattern.CASE_INSENSITIVE);

  private WaitParser() {}

  // in words: "wait" | "after" name ("," name)* | "at" [date] time | ("daily" | days) time | "cron"
  // …
  /// Empty: it is prose.
  static Optional<Mark> readWords(String text) {
    if (text.equalsIgnoreCase("wait")) {
      return Optional.of(new Mark.Blocked(List.of()));
    }
    var after = AFTER.matcher(text);
    if (after.matches()) {
      return Optional.of(names(after.group(1)));
    }
    var at = AT.matcher(text);
    var isSchedule = DAYS.matcher(text).matches() || CRON.matcher(text).matches();
    return at.matches()
        ? Optional.of(readTime(at.group(1).strip()))
        : isSchedule ? Optional.of(read(text)) : Optional.empty();
  }

  private static Mark readTime(String text) {
    var isTime = TIME.matcher(text).matches() || DATE.matcher(text).matches();
    return isTime ? read(text) : malformed(text + " is no time");
  }

  // wait: "" | time | date [time] | ("daily" | days) time | "cron" cron | name ("," name)*
  static Mark read(String text) {
    try {
      return text.length() > LONGEST_TIME ? names(text) : timed(text).orElseGet(() -> names(text));
    } catch (IllegalArgumentException e) {
      return malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Mark malformed(String what) {
    return new Mark.Malformed(
        what,
        "expected 22:00, 2026-11-23 03:00, daily 03:00, mon-fri 07:30 or cron 0 3 * * 1",
        Optional.empty());
  }

  private static Optional<Mark> timed(String text) {
    if (TIME.matcher(text).matches()) {
      return Optional.of(new Mark.NotBefore(Optional.empty(), time(text)));
    }
    var date = DATE.matcher(text);
    if (date.matches()) {
      var time =
          Optional.ofNullable(date.group(2)).map(WaitParser::time).orElse(LocalTime.MIDNIGHT);
      return Optional.of(new Mark.NotBefore(Optional.of(date(date.group(1))), time));
    }
    var days = DAYS.matcher(text);
    if (days.matches()) {
      return Optional.of(template(text, cron(days.group(1), time(days.group(2)))));
    }
    var cron = CRON.matcher(text);
    return cron.matches() ? Optional.of(template(text, cron.group(1))) : Optional.empty();
  }

  private static Mark template(String typed, String cron) {
    return new Mark.Template(new Schedule(typed, Cron.parse(cron)));
  }

  private static String cron(String days, LocalTime time) {
    var lower = days.toLowerCase(Locale.ROOT).replace(" ", "");
    return time.getMinute()
        + " "
        + time.getHour()
        + " * * "
        + (lower.equals("daily") ? "*" : lower);
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text + " is no time of day", e);
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text + " is no date", e);
    }
  }

  private static Mark names(String text) {
    return new Mark.Blocked(
        Arrays.stream(text.split(","))
            .map(String::strip)
            .map(name -> name.startsWith("#") ? name.substring(1) : name)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList());
  }
}
