package adw.cli.console;

import adw.os.ProblemWords;
import java.io.IOException;

/// Runs one command and says how it ended.
public final class CommandRunner {
  private CommandRunner() {}

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
