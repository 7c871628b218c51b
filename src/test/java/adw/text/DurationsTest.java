package adw.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void durationsAreNumbersWithUnits() {
    assertThat(Durations.findDuration("3s")).contains(Duration.ofSeconds(3));
    assertThat(Durations.findDuration("1h30m")).contains(Duration.ofMinutes(90));
    assertThat(Durations.findDuration("250ms")).contains(Duration.ofMillis(250));
    assertThat(Durations.findDuration("7d")).contains(Duration.ofDays(7));
    for (var wrong : new String[] {"", "5", "s", "5 s", "-5s", "1.5h", "5w", "٣s"}) {
      assertThat(Durations.findDuration(wrong)).as(wrong).isEmpty();
    }
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
}
