package adw.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitPauseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

  @Test
  void theNamedTimeIsWaitedFor() {
    var named = NOW.plusSeconds(90);

    assertThat(RateLimitPause.end(Optional.of(named), 3, NOW)).isEqualTo(named);
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT-1H", "P32D", "P4000D"})
  void aTimeAtWhichNoLimitCanEndCountsForNothing(Duration away) {
    assertThat(RateLimitPause.end(Optional.of(NOW.plus(away)), 1, NOW))
        .isEqualTo(NOW.plus(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "4,8", "5,16", "6,30", "7,30", "1000000,30"})
  void withoutATimeEachInARowIsWaitedOutForLonger(long row, long minutes) {
    assertThat(RateLimitPause.end(Optional.empty(), row, NOW))
        .isEqualTo(NOW.plus(Duration.ofMinutes(minutes)));
  }
}
