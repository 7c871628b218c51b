package adw.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// The program: reads the command line, runs one command, says how it ended.
public final class Main {
  private Main() {}

  /// Ends by `halt`: nothing of ours waits for the end of the JVM, and `exit` would first load a
  /// logger.
  public static void main(String[] args) {
    Runtime.getRuntime().halt(run(Caller.ofProcess(), args));
  }

  static int run(Caller caller, String... args) {
    var quick = Quick.find(args);
    var code =
        quick.isPresent()
            ? run(quick.get().command(), new Console(caller, quick.get().options()))
            : CommandLineTree.run(caller, args);
    caller.out().flush();
    caller.err().flush();
    return code;
  }

  /// Runs a command; whatever goes wrong becomes one line that says where, what and the cure.
  static int run(Command command, Console console) {
    try {
      return command.run(console).number;
    } catch (CliException e) {
      e.messages.forEach(console::warn);
      return report(e, console, e.code);
    } catch (IOException e) {
      console.warn(words(e));
      return report(e, console, ExitCode.FAILED);
    } catch (InterruptedException e) {
      console.warn("interrupted");
      return report(e, console, ExitCode.FAILED);
    } catch (RuntimeException e) {
      console.warn(e.getMessage() == null ? e.toString() : e.getMessage());
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

  /// The messages of java.nio are bare paths.
  private static String words(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException file when file.getReason() == null -> file.getFile() + ": failed";
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
