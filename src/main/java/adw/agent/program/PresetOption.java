package adw.agent.program;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Arguments that are given only when there is a value for them.
public enum PresetOption {
  MODEL("{model}"),
  /// `{system}` is the text, `{system_file}` a file that holds it.
  SYSTEM("{system}"),
  THINKING("{thinking}"),
  TOOLS("{tools}"),
  MAX_TURNS("{n}"),
  BUDGET("{usd}"),
  RESUME("{session}");

  private final String placeholder;

  PresetOption(String placeholder) {
    this.placeholder = placeholder;
  }

  /// As settings write it: `max_turns`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PresetOption> find(String word) {
    return Arrays.stream(values()).filter(option -> option.word().equals(word)).findFirst();
  }

  String placeholder() {
    return placeholder;
  }
}
