package adw.agent.program;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a program gets its prompt.
public enum PromptChannel {
  STDIN,
  /// As `{prompt}` in its arguments, else as the last of them.
  ARG,
  /// As `{prompt_file}` in its arguments.
  FILE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PromptChannel> find(String word) {
    return Arrays.stream(values()).filter(channel -> channel.word().equals(word)).findFirst();
  }
}
