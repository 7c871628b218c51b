package adw.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunEnvironmentTest {
  @Test
  void theFactsOfTheRunAreInIt() {
    var environment = RunEnvironment.of(Map.of(), facts("⏰ a task"));

    assertThat(environment)
        .containsEntry("ADW_RUN_ID", "adw_1a2b3c4d")
        .containsEntry("ADW_TASK", "⏰ a task")
        .containsEntry("ADW_TAGS", "opus report")
        .containsEntry("ADW_MODEL", "opus")
        .containsEntry("ADW_AGENT", "")
        .containsEntry("ADW_BRANCH", "task-1a2b3c4d")
        .containsEntry("ADW_BASE", "main")
        .containsEntry("ADW_WORKTREE", "/r/trees/x")
        .containsEntry("ADW_REPO", "/r")
        .containsEntry("ADW_RUN_DIR", "/r/.git/adw/runs/x")
        .containsEntry("ADW_RESULT", "/r/.git/adw/runs/x/result.json")
        .containsEntry("ADW_PORT", "4100")
        .containsEntry("TMPDIR", "/tmp/x")
        .containsEntry("GIT_EDITOR", "true")
        .containsEntry("GIT_TERMINAL_PROMPT", "0");
  }

  @Test
  void whatAParentAgentOrGitHasLeftIsGone() {
    var own =
        Map.of(
            "CLAUDECODE", "1",
            "CLAUDE_CODE_ENTRYPOINT", "cli",
            "CLAUDE_CODE_SSE_PORT", "1",
            "CODEX_SANDBOX", "1",
            "GIT_DIR", "/other/.git",
            "GIT_INDEX_FILE", "i",
            "GIT_WORK_TREE", "w",
            "ADW_PHASE", "parent",
            "OLDPWD", "/");

    assertThat(RunEnvironment.of(own, facts("t")))
        .doesNotContainKeys(own.keySet().toArray(String[]::new));
  }

  @Test
  void settingsOfGitInTheEnvironmentReachNoWorkflow() {
    var own =
        Map.of(
            "GIT_CONFIG", "/other/config",
            "GIT_CONFIG_PARAMETERS", "'http.extraheader'='Authorization: x'",
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "http.extraheader",
            "GIT_CONFIG_VALUE_0", "Authorization: x",
            "GIT_CONFIG_GLOBAL", "/other/.gitconfig",
            "GIT_CONFIG_NOSYSTEM", "1");

    assertThat(RunEnvironment.of(own, facts("t")))
        .doesNotContainKeys(own.keySet().toArray(String[]::new));
  }

  @Test
  void whatAPersonHasSetStays() {
    var own =
        Map.of(
            "CLAUDE_CODE_OAUTH_TOKEN", "secret",
            "CLAUDE_CODE_USE_BEDROCK", "1",
            "CODEX_HOME", "/c",
            "ANTHROPIC_API_KEY", "k",
            "GIT_SSH_COMMAND", "ssh -i key",
            "GIT_AUTHOR_NAME", "A",
            "HOME", "/home/a",
            "PATH", "/opt/bin");

    assertThat(RunEnvironment.of(own, facts("t"))).containsAllEntriesOf(own);
  }

  @Test
  void aLocaleThatSpeaksUtf8StaysAndAnyOtherIsReplaced() {
    assertThat(locale(Map.of("LANG", "de_DE.UTF-8"))).isEqualTo(Map.of("LANG", "de_DE.UTF-8"));
    assertThat(locale(Map.of("LC_ALL", "en_US.utf8"))).isEqualTo(Map.of("LC_ALL", "en_US.utf8"));
    assertThat(locale(Map.of("LC_ALL", "C")).get("LC_ALL")).contains("UTF-8");
    assertThat(locale(Map.of()).get("LC_CTYPE")).contains("UTF-8");
    assertThat(locale(Map.of("LANG", "C")).get("LC_CTYPE")).contains("UTF-8");
  }

  @Test
  void aTextTooLongForTheSystemIsCutBetweenCharacters() {
    var environment = RunEnvironment.of(Map.of(), facts("x" + "😀".repeat(100_000) + "\0"));

    assertThat(environment.get("ADW_TASK")).hasSizeBetween(32_000, 32_768).endsWith("😀");
  }

  private static Map<String, String> locale(Map<String, String> own) {
    var environment = RunEnvironment.of(own, facts("t"));
    environment.keySet().removeIf(name -> !name.startsWith("LC_") && !name.equals("LANG"));
    return environment;
  }

  private static RunFacts facts(String text) {
    var places =
        new RunFacts.Places(
            Path.of("/r/trees/x"),
            Path.of("/r"),
            Path.of("/r/.git/adw/runs/x"),
            Path.of("/r/.git/adw/runs/x/result.json"),
            Path.of("/tmp/x"));
    return new RunFacts(
        "adw_1a2b3c4d",
        new RunFacts.Asked(text, List.of("opus", "report"), Optional.of("opus"), Optional.empty()),
        "task-1a2b3c4d",
        "main",
        places,
        4100);
  }
}
