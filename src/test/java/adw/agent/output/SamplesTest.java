package adw.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import adw.agent.FailureKind;
import adw.agent.ReportedError;
import adw.agent.program.OutputFormat;
import adw.spend.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What real programs printed, recorded with a scripted model.
class SamplesTest {
  @Test
  void claudeTellsWhatTheCallHasCost() throws IOException {
    var heard = read("claude-write", OutputFormat.CLAUDE_STREAM_JSON);

    assertThat(heard.text()).isEqualTo("all done");
    assertThat(heard.usage()).isEqualTo(new Usage(4000, 250, 500, 0.0211, 0));
    assertThat(heard.cost().costed()).isTrue();
    assertThat(heard.cost().turns()).isEqualTo(3);
    assertThat(heard.model()).isEqualTo(Optional.of("claude-opus-5-5"));
    assertThat(heard.session()).isPresent();
    assertThat(heard.ended()).isTrue();
    assertThat(heard.trouble()).isEmpty();
  }

  @Test
  void claudeTellsTheCostOfAResumedCallApartFromTheSessions() throws IOException {
    var heard = read("claude-resume", OutputFormat.CLAUDE_STREAM_JSON);

    assertThat(heard.usage().usd()).isCloseTo(0.0006, offset(1e-9));
    assertThat(heard.usage().input()).isEqualTo(100);
    assertThat(heard.cost().total()).isEmpty();
  }

  @Test
  void aProgramThatRunsOnAfterARateLimitHasNoTrouble() throws IOException {
    var claude = read("claude-rate-limited-once", OutputFormat.CLAUDE_STREAM_JSON);
    var codex = read("codex-rate-limited-once", OutputFormat.CODEX_JSONL);
    var pi = read("pi-retry", OutputFormat.PI_JSON);

    assertThat(claude.trouble()).isEmpty();
    assertThat(codex.trouble()).isEmpty();
    assertThat(pi.trouble()).isEmpty();
    assertThat(pi.text()).isEqualTo("ok");
    assertThat(pi.ended()).isTrue();
  }

  @Test
  void codexTellsTheTotalOfItsThread() throws IOException {
    var heard = read("codex-write", OutputFormat.CODEX_JSONL);

    assertThat(heard.text()).isEqualTo("all done");
    assertThat(heard.cost().total()).isEqualTo(Optional.of(new Usage(4000, 250, 500, 0, 0)));
    assertThat(heard.cost().costed()).isFalse();
    assertThat(heard.ended()).isTrue();
    assertThat(read("codex-resume", OutputFormat.CODEX_JSONL).cost().total())
        .isEqualTo(Optional.of(new Usage(4100, 260, 500, 0, 0)));
  }

  @Test
  void geminiJoinsThePiecesOfItsAnswer() throws IOException {
    var heard = read("gemini-write", OutputFormat.GEMINI_STREAM_JSON);

    assertThat(heard.text()).isEqualTo("all done");
    assertThat(heard.usage()).isEqualTo(new Usage(4010, 255, 500, 0, 0));
    assertThat(heard.cost().costed()).isFalse();
    assertThat(heard.ended()).isTrue();
  }

  @Test
  void opencodeAndPiTellTheCostOfEachStep() throws IOException {
    var opencode = read("opencode-write", OutputFormat.OPENCODE_JSON);
    var pi = read("pi-write", OutputFormat.PI_JSON);

    for (var heard : new OutputSoFar[] {opencode, pi}) {
      assertThat(heard.text()).isEqualTo("all done");
      assertThat(heard.usage().input()).isEqualTo(4000);
      assertThat(heard.usage().output()).isEqualTo(250);
      assertThat(heard.usage().cached()).isEqualTo(500);
      assertThat(heard.usage().usd()).isCloseTo(0.0159, offset(1e-9));
      assertThat(heard.cost().turns()).isEqualTo(3);
      assertThat(heard.session()).isPresent();
      assertThat(heard.ended()).isTrue();
    }
  }

  @Test
  void qwenCountsCachedTokensAmongTheInput() throws IOException {
    var heard = read("qwen-write", OutputFormat.CLAUDE_STREAM_JSON);

    assertThat(heard.usage()).isEqualTo(new Usage(4000, 250, 500, 0, 0));
    assertThat(heard.cost().costed()).isFalse();
    assertThat(read("qwen-resume", OutputFormat.CLAUDE_STREAM_JSON).usage())
        .isEqualTo(new Usage(1000, 100, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          claude-rate-limited, CLAUDE_STREAM_JSON, RATE_LIMIT, API Error: Request rejected (429) · slow down
          claude-overloaded, CLAUDE_STREAM_JSON, OVERLOADED, API Error: 529 over
          claude-bad-request, CLAUDE_STREAM_JSON, OTHER, API Error: 400 nope
          claude-bad-key, CLAUDE_STREAM_JSON, AUTH, Failed to authenticate. API Error: 401 bad key
          claude-no-model, CLAUDE_STREAM_JSON, MODEL, There's an issue with the selected model
          claude-no-session, CLAUDE_STREAM_JSON, SESSION, No conversation found with session ID
          claude-no-credit, CLAUDE_STREAM_JSON, BILLING, Credit balance is too low
          claude-too-long, CLAUDE_STREAM_JSON, CONTEXT, Prompt is too long
          claude-turns, CLAUDE_STREAM_JSON, LIMIT, Reached maximum number of turns (1)
          claude-budget, CLAUDE_STREAM_JSON, BUDGET, Reached maximum budget ($0.001)
          codex-rate-limited, CODEX_JSONL, RATE_LIMIT, exceeded retry limit
          codex-overloaded, CODEX_JSONL, OVERLOADED, unexpected status 529
          codex-bad-request, CODEX_JSONL, OTHER, {
          codex-bad-key, CODEX_JSONL, AUTH, unexpected status 401 Unauthorized: bad key
          codex-no-model, CODEX_JSONL, MODEL, unexpected status 404 Not Found
          gemini-rate-limited, GEMINI_STREAM_JSON, RATE_LIMIT, [API Error: slow]
          gemini-bad-request, GEMINI_STREAM_JSON, OTHER, [API Error:
          gemini-bad-key, GEMINI_STREAM_JSON, AUTH, [API Error:
          opencode-bad-request, OPENCODE_JSON, OTHER, nope
          opencode-bad-key, OPENCODE_JSON, AUTH, bad key
          pi-bad-request, PI_JSON, OTHER, 400 nope
          pi-bad-key, PI_JSON, AUTH, 401 bad key
          qwen-bad-request, CLAUDE_STREAM_JSON, OTHER, [API Error: 400 nope]
          """)
  void anErrorIsToldByItsKind(String sample, OutputFormat output, FailureKind kind, String message)
      throws IOException {
    var heard = read(sample, output);

    assertThat(heard.trouble().map(ReportedError::kind)).isEqualTo(Optional.of(kind));
    assertThat(heard.trouble().orElseThrow().message()).startsWith(message);
    assertThat(heard.ended()).isTrue();
  }

  @Test
  void aCallThatWasStoppedByItsBudgetStillTellsWhatItSpent() throws IOException {
    assertThat(read("claude-budget", OutputFormat.CLAUDE_STREAM_JSON).usage())
        .isEqualTo(new Usage(1000, 100, 0, 0.006, 0));
  }

  private static OutputSoFar read(String sample, OutputFormat output) throws IOException {
    var all = new ArrayList<OutputSoFar>();
    output.reader().read(open(sample), all::add);
    return all.getLast();
  }

  private static InputStream open(String sample) {
    return Objects.requireNonNull(
        SamplesTest.class.getResourceAsStream("/adw/agent/" + sample + ".jsonl"), sample);
  }
}
