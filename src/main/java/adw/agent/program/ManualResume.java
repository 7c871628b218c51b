package adw.agent.program;

import java.util.List;
import java.util.Optional;

/// How a person goes on by hand in a session that an agent has begun.
public final class ManualResume {
  private ManualResume() {}

  /// The command line of the program's own screen, to be started in the worktree; absent for a
  /// program that has none.
  public static Optional<List<String>> findArgv(Preset preset, String session) {
    var program = preset.call().argv().isEmpty() ? preset.name() : preset.call().argv().getFirst();
    return switch (preset.kin().orElse("")) {
      case "claude", "gemini", "qwen" -> Optional.of(List.of(program, "--resume", session));
      case "codex" -> Optional.of(List.of(program, "resume", session));
      case "opencode" -> Optional.of(List.of(program, "-s", session));
      case "pi" -> Optional.of(List.of(program, "--session", session));
      default -> Optional.empty();
    };
  }
}
