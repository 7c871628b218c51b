package adw.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
  private final Draft draft = new Draft();

  @Test
  void exitZeroWithAFinalAnswerIsDone() {
    draft.text = "all done";
    draft.end(Optional.empty());

    assertThat(judge(0, "a warning")).isInstanceOf(Answer.Done.class);
  }

  @Test
  void exitZeroWithoutAFinalAnswerIsNot() {
    assertThat(failed(0, "")).isEqualTo(failure(Kind.KILLED, "ended without a final answer"));
  }

  @Test
  void aFinalAnswerDoesNotExcuseTheExitCode() {
    draft.end(Optional.empty());
    draft.spoke = true;

    assertThat(failed(3, "some stderr")).isEqualTo(failure(Kind.OTHER, "some stderr"));
    assertThat(failed(4, ""))
        .isEqualTo(failure(Kind.OTHER, "Subagent exited with code 4 (stopReason: unknown)"));
  }

  @Test
  void anErrorInTheAnswerCountsWhateverTheExitCode() {
    draft.end(Optional.of(Trouble.of(Kind.RATE_LIMIT, "429 slow, retry after 30s")));

    assertThat(judge(0, ""))
        .isEqualTo(
            new Answer.Failed(
                said(),
                Kind.RATE_LIMIT,
                "429 slow, retry after 30s",
                Optional.of(NOW.plusSeconds(30))));
  }

  @Test
  void aSignalIsNamed() {
    assertThat(failed(137, ""))
        .isEqualTo(failure(Kind.KILLED, "Subagent killed by signal SIGKILL"));
    assertThat(failed(143, ""))
        .isEqualTo(failure(Kind.KILLED, "Subagent killed by signal SIGTERM"));
  }

  @Test
  void aProgramThatRefusesItsArgumentsIsASetupError() {
    assertThat(failed(1, "error: unknown option '--foo'"))
        .isEqualTo(failure(Kind.SETUP, "error: unknown option '--foo'"));
  }

  @Test
  void whatItSaysOnStandardErrorTellsTheKindToo() {
    assertThat(failed(1, "Invalid API key · Please run /login").kind()).isEqualTo(Kind.AUTH);
    assertThat(failed(1, "Error: no rollout found for thread id 1").kind()).isEqualTo(Kind.SESSION);
  }

  @Test
  void ourOwnReasonForEndingItComesFirst() {
    draft.end(Optional.of(Trouble.of(Kind.OTHER, "aborted")));
    var stop = new Ending.Stop(Kind.BUDGET, "spent $2.10 of $2.00");
    var ending = new Ending(draft.toHeard(), 143, "", Optional.of(stop), false);

    assertThat(((Answer.Failed) judge(ending)).message()).isEqualTo("spent $2.10 of $2.00");
  }

  @Test
  void aProgramThatLingersAfterItsAnswerIsDoneAllTheSame() {
    draft.end(Optional.empty());

    assertThat(judge(new Ending(draft.toHeard(), 143, "", Optional.empty(), true)))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void messagesAreTidied() {
    assertThat(Judgement.tidy("a\n  b\t c ")).isEqualTo("a b c");
    assertThat(Judgement.tidy("<html><title>Bad Gateway</title></html"))
        .isEqualTo("Upstream returned non-JSON response (38 chars). Hint: Bad Gateway");
    assertThat(Judgement.tidy("[API Error: {\"error\":{\"code\":400,\"message\":\"nope\"}}]"))
        .isEqualTo("400 nope");
    assertThat(Judgement.tidy("x".repeat(5000))).hasSize(403);
  }

  private Answer.Failed failed(int code, String err) {
    return (Answer.Failed) judge(code, err);
  }

  private Answer judge(int code, String err) {
    return judge(new Ending(draft.toHeard(), code, err, Optional.empty(), false));
  }

  private Answer judge(Ending ending) {
    return new Judgement(NOW, () -> ZoneOffset.UTC).judge(ending, said());
  }

  private Answer.Failed failure(Kind kind, String message) {
    return new Answer.Failed(said(), kind, message, Optional.empty());
  }

  private Said said() {
    return new Said(
        draft.text, Optional.empty(), Optional.empty(), adw.run.Usage.NONE, Costing.UNKNOWN, 0);
  }
}
