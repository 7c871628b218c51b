package adw.agent.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin"); // 23:00 there

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1795302000 | 2026-11-21T23:00:00Z
          Claude AI usage limit reached:1795302000 |
          You've hit your limit · resets 4am (Europe/London) | 2026-11-22T04:00:00Z
          5-hour limit reached ∙ resets 3pm | 2026-11-22T14:00:00Z
          You've hit your usage limit. Try again at 11:45 PM. | 2026-11-21T22:45:00Z
          try again in 2 days 3 hours 5 minutes | 2026-11-24T01:05:00Z
          Please try again in 20s. Visit | 2026-11-21T22:00:20Z
          please retry in 34.5s | 2026-11-21T22:00:34.500Z
          "retryDelay": "41s" | 2026-11-21T22:00:41Z
          retry after 30s | 2026-11-21T22:00:30Z
          Retry-After: 120 | 2026-11-21T22:02:00Z
          rate limit resets in 4h 10m | 2026-11-22T02:10:00Z
          limit resets at 2026-11-22T08:00:00Z | 2026-11-22T08:00:00Z
          try again in 500ms | 2026-11-21T22:00:00.500Z
          resets 27:99 |
          slow down |
          Please wait and try again later |
          """)
  void theTimeToTryAgainIsFoundInTheWords(String words, Instant expected) {
    assertThat(RetryTime.find(words, NOW, ZONE)).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void secondsSince1970MayFollowABar() {
    assertThat(RetryTime.find("Claude AI usage limit reached|1795302000", NOW, ZONE))
        .isEqualTo(Optional.of(Instant.parse("2026-11-21T23:00:00Z")));
  }

  @Test
  void aTimeThatIsPastOrMonthsAwayIsNone() {
    assertThat(RetryTime.find("resets at 2026-11-20T08:00:00Z", NOW, ZONE)).isEmpty();
    assertThat(RetryTime.find("resets at 2027-11-20T08:00:00Z", NOW, ZONE)).isEmpty();
  }
}
