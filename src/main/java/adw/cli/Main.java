package adw.cli;

import adw.cli.console.Caller;
import adw.cli.console.CliCommand;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.os.ProblemWords;
import java.io.IOException;

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
            ? run(quick.get().command(), new Console(caller, quick.get().options()))
            : CommandTree.run(caller, args);
    caller.out().flush();
    caller.err().flush();
    return code;
  }

  /// Runs a command; whatever goes wrong becomes one line that says where, what and the cure.
  public static int run(CliCommand command, Console console) {
    try {
      return command.run(console).number;
    } catch (CliException e) {
      e.messages.forEach(console::warn);
      return report(e, console, e.code);
    } catch (InterruptedException e) {
      console.warn("interrupted");
      return report(e, console, ExitCode.FAILED);
    } catch (IOException | RuntimeException e) {
      console.warn(ProblemWords.of(e));
      return report(e, console, ExitCode.FAILED);
    }
  }

  private static int report(Exception e, Console console, ExitCode code) {
    if (console.isVerbose()) {
      e.printStackTrace(console.caller().err());
    }
    console.flush();
    return code.number;
  }
}
