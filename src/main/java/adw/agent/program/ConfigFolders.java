package adw.agent.program;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a program keeps its settings, login and sessions: folders, and single files beside them.
/// The login is looked for in the first.
record ConfigFolders(List<Path> paths) {
  ConfigFolders {
    paths = List.copyOf(paths);
  }

  Path first() {
    return paths.getFirst();
  }

  static ConfigFolders of(Preset preset, Map<String, String> environment) {
    var home = Path.of(environment.getOrDefault("HOME", "/"));
    return switch (preset.kin().orElse("")) {
      case "claude" ->
          find(environment, "CLAUDE_CONFIG_DIR")
              .map(ConfigFolders::of)
              .orElse(of(home.resolve(".claude"), home.resolve(".claude.json")));
      case "codex" -> of(find(environment, "CODEX_HOME").orElse(home.resolve(".codex")));
      case "gemini" -> of(find(environment, "GEMINI_CLI_HOME").orElse(home).resolve(".gemini"));
      case "opencode" ->
          of(
              find(environment, "XDG_DATA_HOME")
                  .orElse(home.resolve(".local/share"))
                  .resolve("opencode"),
              find(environment, "XDG_STATE_HOME")
                  .orElse(home.resolve(".local/state"))
                  .resolve("opencode"),
              find(environment, "XDG_CONFIG_HOME")
                  .orElse(home.resolve(".config"))
                  .resolve("opencode"),
              find(environment, "XDG_CACHE_HOME")
                  .orElse(home.resolve(".cache"))
                  .resolve("opencode"));
      case "pi" -> of(find(environment, "PI_CODING_AGENT_DIR").orElse(home.resolve(".pi/agent")));
      case "qwen" -> of(home.resolve(".qwen"));
      case "auggie" -> of(home.resolve(".augment"));
      default -> of(home.resolve(".config").resolve(preset.name()));
    };
  }

  private static ConfigFolders of(Path... paths) {
    return new ConfigFolders(List.of(paths));
  }

  private static Optional<Path> find(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }
}
