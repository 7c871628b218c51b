package adw.cli;

import adw.cli.console.Caller;
import adw.cli.console.CommandRunner;
import adw.cli.console.Console;

/// The program: reads the command line, runs one command, says how it ended.
public final class Main {
  private Main() {}

  /// Ends by `halt`: nothing of ours waits for the end of the JVM, and `exit` would first load a
  /// logger.
  public static void main(String[] args) {
    Runtime.getRuntime().halt(run(Caller.ofProcess(), args));
  }

  public static int run(Caller caller, String... args) {
    var quick = FastPath.find(args);
    var code =
        quick.isPresent()
            ? CommandRunner.run(quick.get().command(), new Console(caller, quick.get().options()))
            : CommandTree.run(caller, args);
    caller.out().flush();
    caller.err().flush();
    return code;
  }
}
