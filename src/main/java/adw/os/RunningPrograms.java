package adw.os;

/// The programs that run on this machine now, ours and others'.
public final class RunningPrograms {
  private RunningPrograms() {}

  /// Whether one of them was started with exactly this argument.
  public static boolean isAnyWith(String argument) {
    return ProcessTable.commands().anyMatch(argv -> argv.contains(argument));
  }
}
