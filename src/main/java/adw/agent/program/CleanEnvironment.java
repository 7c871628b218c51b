package adw.agent.program;

import adw.git.config.GitEnvironment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Makes the environment of a program out of that of a call: without the marks that a surrounding
/// agent session or git left in it, for a program that finds them takes itself for part of that.
final class CleanEnvironment {
  private static final Set<String> FOREIGN =
      Set.of(
          "AGENT",
          "AI_AGENT",
          "CLAUDECODE",
          "CLAUDE_EFFORT",
          "CLAUDE_PID",
          "CLAUDE_CODE_CHILD_NOTES_DIR",
          "CLAUDE_CODE_CHILD_SESSION",
          "CLAUDE_CODE_ENTRYPOINT",
          "CLAUDE_CODE_EXECPATH",
          "CLAUDE_CODE_MESSAGING_SOCKET",
          "CLAUDE_CODE_MESSAGING_TOKEN",
          "CLAUDE_CODE_SESSION_ATTENDED",
          "CLAUDE_CODE_SESSION_ID",
          "CLAUDE_CODE_SSE_PORT",
          "CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS",
          "CODEX_CI",
          "CODEX_MANAGED_BY_NPM",
          "CODEX_MANAGED_PACKAGE_ROOT",
          "CODEX_SANDBOX",
          "CODEX_SANDBOX_NETWORK_DISABLED",
          "CODEX_SESSION_ID",
          "CODEX_THREAD_ID",
          "CODEX_TOOL_CALL_ID",
          "CODEX_VERSION",
          "GEMINI_CLI",
          "OPENCODE",
          "OPENCODE_PID",
          "PI_CODING_AGENT",
          "QWEN_CODE");

  private CleanEnvironment() {}

  static Map<String, String> of(Map<String, String> outer, Preset preset, boolean root) {
    var inner = new HashMap<>(outer);
    inner.keySet().removeAll(FOREIGN);
    inner.keySet().removeAll(GitEnvironment.FOREIGN);
    inner.keySet().removeIf(name -> name.startsWith("GIT_CONFIG"));
    inner.putAll(preset.call().environment());
    if (root) {
      inner.putAll(preset.call().rootEnvironment());
    }
    return inner;
  }
}
