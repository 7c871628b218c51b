package adw.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import adw.agent.AgentPauses;
import adw.agent.Answer;
import adw.agent.FailureKind;
import adw.agent.LastMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledAgentsTest {
  @TempDir Path folder;

  @Test
  void theFirstInstalledInTheOrderOfPreferenceIsTheDefault() throws IOException {
    assertThat(roster(Map.of()).findDefault()).isEmpty();

    install("pi", "echo 0.73.1");
    install("qwen", "echo 0.15.10");
    assertThat(roster(Map.of()).findDefault()).isEqualTo(Optional.of("pi"));

    install("codex", "echo codex-cli 0.169.0");
    assertThat(roster(Map.of()).findDefault()).isEqualTo(Optional.of("codex"));
  }

  @Test
  void theInstalledAreAskedForTheirVersion() throws Exception {
    install("claude", "echo '2.1.330 (Claude Code)'");
    install("codex", "echo 'codex-cli 0.169.0'");
    install("gemini", "echo oh >&2; exit 1");

    assertThat(find("claude", Map.of()).version()).isEqualTo(Optional.of("2.1.330"));
    assertThat(find("codex", Map.of()).version()).isEqualTo(Optional.of("0.169.0"));
    assertThat(find("gemini", Map.of()).version()).isEmpty();
    assertThat(find("gemini", Map.of()).executable()).isPresent();
    assertThat(find("pi", Map.of()).executable()).isEmpty();
  }

  @Test
  void whoIsLoggedInIsToldByVariablesAndFiles() throws Exception {
    assertThat(find("claude", Map.of()).login()).isEqualTo(new Login.Unknown());
    assertThat(find("claude", Map.of("ANTHROPIC_API_KEY", "k")).login())
        .isEqualTo(new Login.Key("ANTHROPIC_API_KEY"));
    assertThat(find("codex", Map.of()).login()).isEqualTo(new Login.Nobody());

    write(".claude/.credentials.json", "{\"claudeAiOauth\":{\"subscriptionType\":\"max\"}}");
    write(".codex/auth.json", "{\"OPENAI_API_KEY\":null,\"tokens\":{\"id_token\":\"x\"}}");
    write(".pi/agent/auth.json", "{\"anthropic\":{\"type\":\"oauth\"}}");

    assertThat(find("claude", Map.of()).login()).isEqualTo(new Login.Plan("max"));
    assertThat(find("codex", Map.of()).login()).isEqualTo(new Login.Plan("chatgpt"));
    assertThat(find("codex", Map.of("CODEX_HOME", folder.resolve("else").toString())).login())
        .isEqualTo(new Login.Nobody());
    assertThat(find("pi", Map.of()).login()).isEqualTo(new Login.Account());
  }

  @Test
  void damagedLoginFilesTellNothing() throws Exception {
    write(".claude/.credentials.json", "{");

    assertThat(find("claude", Map.of()).login()).isEqualTo(new Login.Unknown());
  }

  @Test
  void aLineForOtherProgramsSaysItAll() throws Exception {
    install("claude", "echo '2.1.330 (Claude Code)'");
    new AgentPauses(folder.resolve("paused"), InstantSource.system())
        .note(
            "claude",
            new Answer.Failed(LastMessage.NOTHING, FailureKind.AUTH, "bad key", Optional.empty()));

    assertThat(find("claude", Map.of("ANTHROPIC_API_KEY", "k")).toJson().write())
        .isEqualTo(
            """
            {"name":"claude","installed":true,"executable":"%s","version":"2.1.330",\
            "login":"key in ANTHROPIC_API_KEY","tested":true,"output":"claude-stream-json",\
            "paused":"auth: bad key"}\
            """
                .formatted(folder.resolve("bin/claude")));
  }

  private InstalledAgents.Listed find(String name, Map<String, String> more) throws Exception {
    return roster(more).list().stream()
        .filter(one -> one.preset().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private InstalledAgents roster(Map<String, String> more) throws IOException {
    var environment = new java.util.HashMap<>(more);
    environment.put("PATH", Files.createDirectories(folder.resolve("bin")).toString());
    environment.put("HOME", folder.toString());
    var pauses = new AgentPauses(folder.resolve("paused"), InstantSource.system());
    return new InstalledAgents(Presets.BUILT_IN, pauses, folder, environment);
  }

  private void install(String name, String script) throws IOException {
    var file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
