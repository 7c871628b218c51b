package adw.cli.console;

/// How the program ends; scripts and CI rely on these numbers.
public enum ExitCode {
  DONE(0),
  /// Something it was asked to do failed.
  FAILED(1),
  /// The command line is wrong.
  USAGE(2),
  NOT_FOUND(3),
  /// Dirty, locked, another host, or not confirmed.
  REFUSED(4),
  /// Settings, task file or flow are wrong.
  BAD_INPUT(5),
  /// A flow waits for a person or a time; resumed, it goes on.
  WAITING(75),
  /// Done, and no commit is expected.
  NOTHING_TO_DO(99);

  public final int number;

  ExitCode(int number) {
    this.number = number;
  }
}
