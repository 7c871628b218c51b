package adw.cli.console;

import adw.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// Where a command prints: results on standard output, everything else on standard error.
public final class Console {
  private final Caller caller;
  private final GlobalOptions options;
  private final AnsiColor paint;

  public Console(Caller caller, GlobalOptions options) {
    this.caller = caller;
    this.options = options;
    this.paint = AnsiColor.of(options.color(), caller);
  }

  public Caller caller() {
    return caller;
  }

  public AnsiColor paint() {
    return paint;
  }

  public boolean isVerbose() {
    return options.noise() == GlobalOptions.Noise.VERBOSE;
  }

  /// The folder that the command works in: `-C`, or where it was started.
  public Path directory() {
    return caller.directory().resolve(options.directory()).normalize();
  }

  public void print(String line) {
    caller.out().print(line);
    caller.out().print('\n');
  }

  public void print(Json value) {
    print(value.writePretty());
  }

  /// Something worth knowing that is not the result.
  public void note(String line) {
    if (options.noise() != GlobalOptions.Noise.QUIET) {
      caller.out().flush();
      caller.err().print(line + "\n");
      caller.err().flush();
    }
  }

  public void warn(String line) {
    caller.out().flush();
    caller.err().print("adw: " + line + "\n");
    caller.err().flush();
  }

  public void flush() {
    caller.out().flush();
    caller.err().flush();
  }

  /// Asks before something that cannot be taken back; without a terminal nothing is asked.
  ///
  /// @param loss what will be lost or done, as a sentence without its end
  public void confirm(String loss) throws IOException {
    if (!caller.screen().in() || !caller.screen().err()) {
      throw new CliException(ExitCode.REFUSED, loss + ": not confirmed (--yes does it)");
    }
    caller.out().flush();
    caller.err().print(loss + ": go on? [y/N] ");
    caller.err().flush();
    var answer =
        new BufferedReader(new InputStreamReader(caller.in(), StandardCharsets.UTF_8)).readLine();
    if (answer == null || !Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
      throw new CliException(ExitCode.REFUSED, "nothing done");
    }
  }
}
