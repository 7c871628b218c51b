package adw.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowResultFileTest {
  @TempDir private Path folder;

  @Test
  void aWaitingWorkflowSaysForWhatAndUntilWhen() {
    var text =
        """
        {"outcome": "waiting", "for": "rate-limit", "until": "2026-11-21T22:00:00+01:00",
         "message": "try later", "more": [1, 2]}
        """;

    assertThat(WorkflowResultFile.parse(text))
        .isEqualTo(
            new WorkflowResultFile.Waiting(
                new Stage.Wait(
                    Stage.Wait.Why.RATE_LIMIT,
                    Optional.of(Instant.parse("2026-11-21T21:00:00Z")),
                    "try later")));
  }

  @Test
  void theTimeMayBeSecondsAndEverythingButTheOutcomeMayBeAbsent() {
    assertThat(WorkflowResultFile.parse("{\"outcome\":\"waiting\",\"until\":1800000000}"))
        .isEqualTo(
            new WorkflowResultFile.Waiting(
                new Stage.Wait(
                    Stage.Wait.Why.QUESTION,
                    Optional.of(Instant.ofEpochSecond(1_800_000_000)),
                    "")));
  }

  @Test
  void noFileOrAnEmptyOneSaysNothing() throws Exception {
    assertThat(WorkflowResultFile.read(folder.resolve("result.json")))
        .isEqualTo(new WorkflowResultFile.None());
    assertThat(result(" \n")).isEqualTo(new WorkflowResultFile.None());
  }

  @Test
  void whatIsNoReportSaysWhy() throws Exception {
    assertThat(result("{\"outcome\":")).isInstanceOf(WorkflowResultFile.Unreadable.class);
    assertThat(result("[]"))
        .isEqualTo(new WorkflowResultFile.Unreadable("result.json: no JSON object"));
    assertThat(result("{\"outcome\": 3}"))
        .isEqualTo(new WorkflowResultFile.Unreadable("result.json has no text 'outcome'"));
    assertThat(result("{\"outcome\":\"waiting\",\"until\":\"tomorrow\"}"))
        .isInstanceOf(WorkflowResultFile.Unreadable.class);
    assertThat(result("{\"outcome\":\"waiting\",\"until\":9e99}"))
        .isInstanceOf(WorkflowResultFile.Unreadable.class);
    assertThat(result("[".repeat(100_000))).isInstanceOf(WorkflowResultFile.Unreadable.class);
    assertThat(result("x".repeat(2 << 20)))
        .isEqualTo(new WorkflowResultFile.Unreadable("result.json is larger than 1 MiB"));
  }

  @Test
  void aLinkOrFolderIsNotRead() throws Exception {
    var other = Files.writeString(folder.resolve("other"), "{\"outcome\":\"done\"}");
    Files.createSymbolicLink(folder.resolve("result.json"), other);

    assertThat(WorkflowResultFile.read(folder.resolve("result.json")))
        .isEqualTo(new WorkflowResultFile.Unreadable("result.json is not a file"));
    assertThat(WorkflowResultFile.read(folder)).isInstanceOf(WorkflowResultFile.Unreadable.class);
  }

  @Test
  void anAgentCanAskAQuestionOrSayThatNothingWasToBeDone() {
    assertThat(
            AgentReport.of(
                WorkflowResultFile.parse("{\"outcome\": \"waiting\", \"message\": \"a or b?\"}")))
        .isEqualTo(new AgentReport.Question("a or b?"));
    assertThat(
            AgentReport.of(
                WorkflowResultFile.parse(
                    "{\"outcome\": \"no-change\", \"message\": \"all well\"}")))
        .isEqualTo(new AgentReport.NoChange("all well"));
    assertThat(
            AgentReport.of(
                WorkflowResultFile.parse("{\"outcome\": \"waiting\", \"for\": \"login\"}")))
        .isEqualTo(new AgentReport.Plain());
    assertThat(AgentReport.of(WorkflowResultFile.parse("half a f")))
        .isEqualTo(new AgentReport.Plain());
  }

  private WorkflowResultFile result(String text) throws IOException {
    Files.writeString(folder.resolve("result.json"), text);
    return WorkflowResultFile.read(folder.resolve("result.json"));
  }
}
