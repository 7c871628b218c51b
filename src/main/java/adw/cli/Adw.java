package adw.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command line up to the command: what every command understands.
@CommandLine.Command(name = "adw")
final class Adw implements Callable<Integer> {
  private final Caller caller;

  @Option(
      names = "-C",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "as if started in DIR")
  private String directory = "";

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "auto, always or never; NO_COLOR is heeded")
  private Options.Color color = Options.Color.AUTO;

  @Option(names = "-q", scope = ScopeType.INHERIT, description = "results and errors only")
  private boolean quiet;

  @Option(names = "-v", scope = ScopeType.INHERIT, description = "with stack traces")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "this page")
  void help(boolean wanted) {
    // picocli prints the page and runs nothing.
  }

  @Option(names = "--version", description = "the version")
  private boolean version;

  Adw(Caller caller) {
    this.caller = caller;
  }

  Console console() {
    var noise = Options.Noise.NORMAL;
    if (quiet) {
      noise = Options.Noise.QUIET;
    }
    if (verbose) {
      noise = Options.Noise.VERBOSE;
    }
    return new Console(caller, new Options(directory, color, noise));
  }

  @Override
  public Integer call() {
    return Main.run(version ? Quick::version : Quick::help, console());
  }
}
