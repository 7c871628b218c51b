package adw.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  public static final ZonedDateTime NOW = at("2026-11-21T22:30");

  private static ZonedDateTime at(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 3 * * *        | 2026-11-21T22:30 | 2026-11-22T03:00 | 2026-11-21T03:00
          0 3 * * *        | 2026-11-21T03:00 | 2026-11-22T03:00 | 2026-11-21T03:00
          30 7 * * 1-5     | 2026-11-20T08:00 | 2026-11-23T07:30 | 2026-11-20T07:30
          30 7 * * mon-fri | 2026-11-22T08:00 | 2026-11-23T07:30 | 2026-11-20T07:30
          30 7 * * Friday  | 2026-11-22T08:00 | 2026-11-27T07:30 | 2026-11-20T07:30
          0 0 * * sat-mon  | 2026-11-24T08:00 | 2026-11-28T00:00 | 2026-11-23T00:00
          0 0 * * 7        | 2026-11-21T22:30 | 2026-11-22T00:00 | 2026-11-15T00:00
          */15 * * * *     | 2026-11-21T22:31 | 2026-11-21T22:45 | 2026-11-21T22:30
          0 0 1 1,7 *      | 2026-11-21T22:31 | 2027-01-01T00:00 | 2026-07-01T00:00
          0 0 13 * 5       | 2026-11-21T22:31 | 2026-11-27T00:00 | 2026-11-20T00:00
          0 12 29 2 *      | 2026-11-21T22:31 | 2028-02-29T12:00 | 2024-02-29T12:00
          5-10/5 1 * jan * | 2026-11-21T22:31 | 2027-01-01T01:05 | 2026-01-31T01:10
          """)
  void firesAtTheseTimes(String cron, String now, String next, String previous) {
    var parsed = Cron.parse(cron);

    assertThat(parsed.next(at(now))).contains(at(next));
    assertThat(parsed.previous(at(now))).contains(at(previous));
  }

  @Test
  void aTimeThatTheClockSkipsComesWithTheChange() {
    // 2026-03-29: from 02:00 to 03:00
    var cron = Cron.parse("30 2 * * *");

    assertThat(cron.next(at("2026-03-28T12:00"))).contains(at("2026-03-29T03:00"));
    assertThat(cron.next(at("2026-03-29T03:00"))).contains(at("2026-03-30T02:30"));
  }

  @Test
  void aTimeThatComesTwiceIsTakenOnce() {
    // 2026-10-25: from 03:00 back to 02:00
    var cron = Cron.parse("30 2 * * *");
    var first = at("2026-10-25T02:30").withEarlierOffsetAtOverlap();

    assertThat(cron.next(at("2026-10-24T12:00"))).contains(first);
    assertThat(cron.next(first)).contains(at("2026-10-26T02:30"));
  }

  @Test
  void everyHalfHourGoesOnThroughTheHourThatComesTwice() {
    var cron = Cron.parse("*/30 * * * *");
    var first = at("2026-10-25T02:30").withEarlierOffsetAtOverlap();

    assertThat(cron.next(first)).contains(at("2026-10-25T02:00").withLaterOffsetAtOverlap());
  }

  @Test
  void aDayThatNeverComesIsNoEndlessSearch() {
    assertThat(Cron.parse("0 0 31 2 *").next(at("2026-11-21T22:31"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 3 * *        | a cron time has 5 fields, not 4
          60 3 * * *     | minute 60 is not in 0-59
          0 24 * * *     | hour 24 is not in 0-23
          0 0 0 * *      | day of month 0 is not in 1-31
          0 0 * 13 *     | month 13 is not in 1-12
          0 0 * * 8      | day of week 8 is not in 0-7
          0 0 * * fr     | day of week "fr" is no number
          5-1 * * * *    | minute 5-1 runs backwards
          */0 * * * *    | minute 0 is not in 1-59
          , * * * *      | minute "" is no number
          """)
  void aWrongFieldIsNamed(String cron, String message) {
    assertThatThrownBy(() -> Cron.parse(cron)).hasMessage(message);
  }
}
