package adw.cli.console;

import java.util.List;

/// A command cannot go on: each message says where, what and the cure.
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public final ExitCode code;

  /// All that is wrong, at once; serial form does not matter, the exception never leaves `Main`.
  public final transient List<String> messages;

  public CliException(ExitCode code, String message) {
    this(code, List.of(message));
  }

  public CliException(ExitCode code, List<String> messages) {
    super(String.join("\n", messages));
    this.code = code;
    this.messages = List.copyOf(messages);
  }
}
