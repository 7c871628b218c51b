package adw.agent.program;

import java.util.List;

/// The built-in presets by name alone: whoever only reads a task file need not make them all.
public final class PresetNames {
  public static final List<String> BUILT_IN =
      List.of("claude", "codex", "gemini", "opencode", "pi", "qwen", "auggie");

  private PresetNames() {}
}
