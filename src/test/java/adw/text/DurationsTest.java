package adw.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "3s, PT3S",
    "1h30m, PT1H30M",
    "1h 30m, PT1H30M",
    "1.5h, PT1H30M",
    "2 h, PT2H",
    "250ms, PT0.25S",
    "0.4ms, PT0.001S",
    "0s, PT0S",
    "7d, PT168H",
    "999999999999ms, PT277777H46M39.999S"
  })
  void durationsAreNumbersWithUnits(String text, Duration duration) {
    assertThat(Durations.findDuration(text)).contains(duration);
    assertThat(Durations.findDurationOrMillis(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "-5s", "5w", "٣s", "5  s", " 5s", "1.h", ".5h", "1,5h", "1h and 2m"})
  void whatIsNoDurationIsNone(String text) {
    assertThat(Durations.findDuration(text)).isEmpty();
    assertThat(Durations.findDurationOrMillis(text)).isEmpty();
  }

  @Test
  void whatNoCalendarHoldsIsNoDuration() {
    assertThat(Durations.findDuration("999999999999d")).isEmpty();
    assertThat(Durations.findDuration("999999999d 1d")).isEmpty();
  }

  @Test
  void aBareNumberIsMillisecondsOnlyWhereThatIsSaid() {
    assertThat(Durations.findDuration("30")).isEmpty();
    assertThat(Durations.findDurationOrMillis("30")).contains(Duration.ofMillis(30));
  }

  @Test
  void whatIsPrintedIsReadAgain() {
    for (var duration :
        List.of(Duration.ofMillis(250), Duration.ofSeconds(90), Duration.ofHours(50))) {
      assertThat(Durations.findDuration(Durations.typed(duration))).contains(duration);
    }
    assertThat(Durations.findDuration(Durations.words(Duration.ofSeconds(200))))
        .contains(Duration.ofSeconds(200));
  }

  @Test
  void sizesCountInThousandsUnlessTheUnitSaysOtherwise() {
    assertThat(Durations.findSize("512")).contains(512L);
    assertThat(Durations.findSize("500MB")).contains(500_000_000L);
    assertThat(Durations.findSize("1GiB")).contains(1L << 30);
    assertThat(Durations.findSize("2K")).contains(2000L);
    assertThat(Durations.findSize("1 TiB")).contains(1L << 40);
    assertThat(Durations.findSize("lots")).isEmpty();
    assertThat(Durations.findSize("-1GB")).isEmpty();
  }

  @Test
  void peopleReadTheTwoLargestUnits() {
    assertThat(Durations.words(Duration.ZERO)).isEqualTo("0s");
    assertThat(Durations.words(Duration.ofSeconds(200))).isEqualTo("3m 20s");
    assertThat(Durations.words(Duration.ofMinutes(125))).isEqualTo("2h 5m");
    assertThat(Durations.words(Duration.ofDays(4))).isEqualTo("4d");
    assertThat(Durations.words(Duration.ofSeconds(-3))).isEqualTo("0s");
  }

  @Test
  void anAgeIsToldInItsLargestUnit() {
    assertThat(Durations.age(Duration.ofSeconds(130))).isEqualTo("2m");
    assertThat(Durations.age(Duration.ofHours(50))).isEqualTo("2d");
    assertThat(Durations.age(Duration.ofSeconds(-1))).isEqualTo("0s");
  }

  @Test
  void aLimitIsToldExactlyAsSettingsWriteIt() {
    assertThat(Durations.typed(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(Durations.typed(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(Durations.typed(Duration.ofMinutes(30))).isEqualTo("30m");
    assertThat(Durations.typed(Duration.ofMinutes(90))).isEqualTo("90m");
    assertThat(Durations.typed(Duration.ofHours(24))).isEqualTo("24h");
    assertThat(Durations.typed(Duration.ZERO)).isEqualTo("0s");
  }
}
