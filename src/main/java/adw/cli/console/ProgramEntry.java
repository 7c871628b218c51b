package adw.cli.console;

/// The whole program, for commands that run others as a person would type them.
@FunctionalInterface
public interface ProgramEntry {
  /// @param args the words behind `adw`
  /// @return the exit code
  int run(Caller caller, String... args);
}
