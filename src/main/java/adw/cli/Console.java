package adw.cli;

import adw.run.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// Where a command prints: results on standard output, everything else on standard error.
final class Console {
  private final Caller caller;
  private final Options options;
  private final Paint paint;

  Console(Caller caller, Options options) {
    this.caller = caller;
    this.options = options;
    this.paint = Paint.of(options.color(), caller);
  }

  Caller caller() {
    return caller;
  }

  Paint paint() {
    return paint;
  }

  boolean isVerbose() {
    return options.noise() == Options.Noise.VERBOSE;
  }

  /// The folder that the command works in: `-C`, or where it was started.
  Path directory() {
    return caller.directory().resolve(options.directory()).normalize();
  }

  void print(String line) {
    caller.out().print(line);
    caller.out().print('\n');
  }

  void print(Json value) {
    print(value.writePretty());
  }

  /// Something worth knowing that is not the result.
  void note(String line) {
    if (options.noise() != Options.Noise.QUIET) {
      caller.out().flush();
      caller.err().print(line + "\n");
      caller.err().flush();
    }
  }

  void warn(String line) {
    caller.out().flush();
    caller.err().print("adw: " + line + "\n");
    caller.err().flush();
  }

  void flush() {
    caller.out().flush();
    caller.err().flush();
  }

  /// Asks before something that cannot be taken back; without a terminal nothing is asked.
  ///
  /// @param loss what will be lost or done, as a sentence without its end
  void confirm(String loss) throws IOException {
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
