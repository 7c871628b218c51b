package adw.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentPausesTest {
  private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

  @TempDir Path folder;
  private Instant now = START;
  private AgentPauses pauses = new AgentPauses(Path.of("unused"), () -> now);

  @BeforeEach
  void open() {
    pauses = new AgentPauses(folder.resolve("paused"), () -> now);
  }

  @Test
  void aRateLimitPausesTheAgentUntilTheTimeThatWasNamed() throws IOException {
    pauses.note("claude", rateLimit(Optional.of(START.plusSeconds(90))));

    assertThat(pauses.find("claude"))
        .isEqualTo(
            Optional.of(
                new AgentPause(
                    FailureKind.RATE_LIMIT, "slow down", Optional.of(START.plusSeconds(90)))));
    assertThat(pauses.find("codex")).isEmpty();

    now = START.plusSeconds(90);
    assertThat(pauses.find("claude")).isEmpty();
  }

  @Test
  void withoutATimeEachRateLimitInARowPausesForLonger() throws IOException {
    for (var minutes : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      pauses.note("claude", rateLimit(Optional.empty()));

      var until = pauses.find("claude").orElseThrow().until().orElseThrow();
      assertThat(Duration.between(now, until)).isEqualTo(Duration.ofMinutes(minutes));
      now = until;
    }
  }

  @Test
  void callsThatMeetTheSameLimitAtOnceAreOneInARow() throws IOException {
    pauses.note("claude", rateLimit(Optional.empty()));
    pauses.note("claude", rateLimit(Optional.empty()));

    assertThat(pauses.find("claude").orElseThrow().until())
        .isEqualTo(Optional.of(START.plusSeconds(60)));
  }

  @Test
  void aLaterTimeIsNotTakenBackByAnEarlierOne() throws IOException {
    pauses.note("claude", rateLimit(Optional.of(START.plusSeconds(3600))));
    pauses.note("claude", rateLimit(Optional.of(START.plusSeconds(60))));

    assertThat(pauses.find("claude").orElseThrow().until())
        .isEqualTo(Optional.of(START.plusSeconds(3600)));
  }

  @Test
  void aCallThatGoesWellAfterwardsStartsTheCountAnew() throws IOException {
    pauses.note("claude", rateLimit(Optional.empty()));
    now = START.plusSeconds(60);
    pauses.note("claude", new Answer.Done(LastMessage.NOTHING));

    pauses.note("claude", rateLimit(Optional.empty()));

    assertThat(pauses.find("claude").orElseThrow().until())
        .isEqualTo(Optional.of(now.plusSeconds(60)));
  }

  @Test
  void aCallThatWentWellMeanwhileDoesNotEndAPause() throws IOException {
    pauses.note("claude", rateLimit(Optional.empty()));

    pauses.note("claude", new Answer.Done(LastMessage.NOTHING));

    assertThat(pauses.find("claude")).isPresent();
  }

  @Test
  void whereNobodyIsLoggedInItPausesUntilAPersonActs() throws IOException {
    pauses.note("claude", failed(FailureKind.AUTH, "bad key", Optional.empty()));
    pauses.note("claude", rateLimit(Optional.of(START.plusSeconds(1))));
    now = START.plus(Duration.ofDays(9));

    var pause = pauses.find("claude").orElseThrow();
    assertThat(pause).isEqualTo(new AgentPause(FailureKind.AUTH, "bad key", Optional.empty()));
    assertThat(pause.toAnswer("claude").message())
        .isEqualTo("claude is paused (adw agents --wake claude): bad key");

    pauses.end("claude");
    assertThat(pauses.find("claude")).isEmpty();
  }

  @Test
  void otherFailuresPauseNothing() throws IOException {
    for (var kind : FailureKind.values()) {
      if (kind != FailureKind.RATE_LIMIT && !kind.needsPerson()) {
        pauses.note("claude", failed(kind, "oh", Optional.empty()));
      }
    }

    assertThat(pauses.find("claude")).isEmpty();
  }

  private static Answer rateLimit(Optional<Instant> retryAt) {
    return failed(FailureKind.RATE_LIMIT, "slow down", retryAt);
  }

  private static Answer failed(FailureKind kind, String message, Optional<Instant> retryAt) {
    return new Answer.Failed(LastMessage.NOTHING, kind, message, retryAt);
  }
}
