package adw.agent;

import static org.assertj.core.api.Assertions.assertThat;

import adw.agent.program.AgentProgram;
import adw.agent.program.OutputFormat;
import adw.agent.program.PresetChanges;
import adw.agent.program.Presets;
import adw.agent.program.ProgramSettings;
import adw.flow.conformance.ConformanceCases;
import adw.spend.Meter;
import adw.spend.Prices;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stub agent of the conformance cases: what a flow sees of it, in the peer's words.
class StubAgentTest {
  @TempDir Path folder;

  @Test
  void itsFailuresAreToldInThePeersWords() throws Exception {
    assertThat(message("<<exit 3 some stderr>>")).isEqualTo("some stderr");
    assertThat(message("<<exit 4>>"))
        .isEqualTo("Subagent exited with code 4 (stopReason: unknown)");
    assertThat(message("<<partial half done>><<exit 5 tail>>")).isEqualTo("tail");
    assertThat(message("<<kill SIGKILL>>")).isEqualTo("Subagent killed by signal SIGKILL");
    assertThat(message("<<fail <html><title>Bad Gateway</title></html>>>"))
        .isEqualTo("Upstream returned non-JSON response (38 chars). Hint: Bad Gateway");
  }

  @Test
  void anEmptyAnswerIsAnAnswer() throws Exception {
    assertThat(run("<<say >>", CallOptions.NONE)).isInstanceOf(Answer.Done.class);
    assertThat(run("<<exit 0>>", CallOptions.NONE)).isInstanceOf(Answer.Done.class);
  }

  @Test
  void itIsToldItsRoleModelThinkingAndTools() throws Exception {
    var wishes =
        CallOptions.NONE
            .withModel("fast-1")
            .withInstructions("scout", "Look around.")
            .withThinking(Optional.of("low"))
            .withTools(List.of("read", "grep"));

    assertThat(run("<<args>>", wishes).text())
        .isEqualTo(
            """
            {"agent":"scout","model":"fast-1","thinking":"low","tools":"read,grep","cwd":"%s"}\
            """
                .formatted(folder.getFileName()));
  }

  private String message(String prompt) throws Exception {
    return ((Answer.Failed) run(prompt, CallOptions.NONE)).message();
  }

  private Answer run(String prompt, CallOptions wishes) throws Exception {
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("STUB_STATE", folder.resolve("state").toString());
    var table =
        PresetChanges.of("stub")
            .argv(List.of("node", ConformanceCases.stub().toString()))
            .output(OutputFormat.PI_JSON);
    var settings =
        new ProgramSettings(
            folder,
            new Prices(Map.of()),
            Optional.empty(),
            InstantSource.system(),
            () -> ZoneOffset.UTC,
            false);
    var preset = Presets.BUILT_IN.with(List.of(table)).find("stub").orElseThrow();
    return new AgentProgram(preset, settings)
        .run(AgentCall.of(prompt, folder, environment).with(wishes), Meter.free());
  }
}
