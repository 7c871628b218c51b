package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantitiesTest {
  @Test
  void durationsAreNumbersWithUnits() {
    assertThat(Quantities.findDuration("3s")).contains(Duration.ofSeconds(3));
    assertThat(Quantities.findDuration("1h30m")).contains(Duration.ofMinutes(90));
    assertThat(Quantities.findDuration("250ms")).contains(Duration.ofMillis(250));
    assertThat(Quantities.findDuration("7d")).contains(Duration.ofDays(7));
    for (var wrong : new String[] {"", "5", "s", "5 s", "-5s", "1.5h", "5w", "٣s"}) {
      assertThat(Quantities.findDuration(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void sizesCountInThousandsUnlessTheUnitSaysOtherwise() {
    assertThat(Quantities.findSize("512")).contains(512L);
    assertThat(Quantities.findSize("500MB")).contains(500_000_000L);
    assertThat(Quantities.findSize("1GiB")).contains(1L << 30);
    assertThat(Quantities.findSize("2K")).contains(2000L);
    assertThat(Quantities.findSize("1 TiB")).contains(1L << 40);
    assertThat(Quantities.findSize("lots")).isEmpty();
    assertThat(Quantities.findSize("-1GB")).isEmpty();
  }

  @Test
  void peopleReadTheTwoLargestUnits() {
    assertThat(Quantities.words(Duration.ZERO)).isEqualTo("0s");
    assertThat(Quantities.words(Duration.ofSeconds(200))).isEqualTo("3m 20s");
    assertThat(Quantities.words(Duration.ofMinutes(125))).isEqualTo("2h 5m");
    assertThat(Quantities.words(Duration.ofDays(4))).isEqualTo("4d");
    assertThat(Quantities.words(Duration.ofSeconds(-3))).isEqualTo("0s");
  }
}
