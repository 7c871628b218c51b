package adw.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import adw.agent.Answer;
import adw.agent.FailureKind;
import adw.agent.LastMessage;
import adw.agent.ReportedError;
import adw.agent.output.OutputDraft;
import adw.spend.CostSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerJudgeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
  private final OutputDraft draft = new OutputDraft();

  @Test
  void exitZeroWithAFinalAnswerIsDone() {
    draft.text = "all done";
    draft.end(Optional.empty());

    assertThat(judge(0, "a warning")).isInstanceOf(Answer.Done.class);
  }

  @Test
  void exitZeroWithoutAFinalAnswerIsNot() {
    assertThat(failed(0, ""))
        .isEqualTo(failure(FailureKind.KILLED, "ended without a final answer"));
  }

  @Test
  void aFinalAnswerDoesNotExcuseTheExitCode() {
    draft.end(Optional.empty());
    draft.spoke = true;

    assertThat(failed(3, "some stderr")).isEqualTo(failure(FailureKind.OTHER, "some stderr"));
    assertThat(failed(4, ""))
        .isEqualTo(failure(FailureKind.OTHER, "Subagent exited with code 4 (stopReason: unknown)"));
  }

  @Test
  void anErrorInTheAnswerCountsWhateverTheExitCode() {
    draft.end(Optional.of(ReportedError.of(FailureKind.RATE_LIMIT, "429 slow, retry after 30s")));

    assertThat(judge(0, ""))
        .isEqualTo(
            new Answer.Failed(
                said(),
                FailureKind.RATE_LIMIT,
                "429 slow, retry after 30s",
                Optional.of(NOW.plusSeconds(30))));
  }

  @Test
  void aSignalIsNamed() {
    assertThat(failed(137, ""))
        .isEqualTo(failure(FailureKind.KILLED, "Subagent killed by signal SIGKILL"));
    assertThat(failed(143, ""))
        .isEqualTo(failure(FailureKind.KILLED, "Subagent killed by signal SIGTERM"));
  }

  @Test
  void aProgramThatRefusesItsArgumentsIsASetupError() {
    assertThat(failed(1, "error: unknown option '--foo'"))
        .isEqualTo(failure(FailureKind.SETUP, "error: unknown option '--foo'"));
  }

  @Test
  void whatItSaysOnStandardErrorTellsTheKindToo() {
    assertThat(failed(1, "Invalid API key · Please run /login").kind()).isEqualTo(FailureKind.AUTH);
    assertThat(failed(1, "Error: no rollout found for thread id 1").kind())
        .isEqualTo(FailureKind.SESSION);
  }

  @Test
  void ourOwnReasonForEndingItComesFirst() {
    draft.end(Optional.of(ReportedError.of(FailureKind.OTHER, "aborted")));
    var stop = new ProgramEnd.Stop(FailureKind.BUDGET, "spent $2.10 of $2.00");
    var ending = new ProgramEnd(draft.toHeard(), 143, "", Optional.of(stop), false);

    assertThat(((Answer.Failed) judge(ending)).message()).isEqualTo("spent $2.10 of $2.00");
  }

  @Test
  void aProgramThatLingersAfterItsAnswerIsDoneAllTheSame() {
    draft.end(Optional.empty());

    assertThat(judge(new ProgramEnd(draft.toHeard(), 143, "", Optional.empty(), true)))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void messagesAreTidied() {
    assertThat(AnswerJudge.tidy("a\n  b\t c ")).isEqualTo("a b c");
    assertThat(AnswerJudge.tidy("<html><title>Bad Gateway</title></html"))
        .isEqualTo("Upstream returned non-JSON response (38 chars). Hint: Bad Gateway");
    assertThat(AnswerJudge.tidy("[API Error: {\"error\":{\"code\":400,\"message\":\"nope\"}}]"))
        .isEqualTo("400 nope");
    assertThat(AnswerJudge.tidy("x".repeat(5000))).hasSize(403);
  }

  private Answer.Failed failed(int code, String err) {
    return (Answer.Failed) judge(code, err);
  }

  private Answer judge(int code, String err) {
    return judge(new ProgramEnd(draft.toHeard(), code, err, Optional.empty(), false));
  }

  private Answer judge(ProgramEnd ending) {
    return new AnswerJudge(NOW, () -> ZoneOffset.UTC).judge(ending, said());
  }

  private Answer.Failed failure(FailureKind kind, String message) {
    return new Answer.Failed(said(), kind, message, Optional.empty());
  }

  private LastMessage said() {
    return new LastMessage(
        draft.text,
        Optional.empty(),
        Optional.empty(),
        adw.spend.Usage.NONE,
        CostSource.UNKNOWN,
        0);
  }
}
