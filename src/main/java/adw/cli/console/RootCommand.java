package adw.cli.console;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command line up to the command: what every command understands.
@CommandLine.Command(name = "adw")
public final class RootCommand implements Callable<Integer> {
  private final Caller caller;
  private final CliCommand version;
  private final CliCommand help;

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
  private GlobalOptions.Color color = GlobalOptions.Color.AUTO;

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
  private boolean isVersionAsked;

  /// @param version run for `--version`
  /// @param help run where no command is named
  public RootCommand(Caller caller, CliCommand version, CliCommand help) {
    this.caller = caller;
    this.version = version;
    this.help = help;
  }

  public Console console() {
    var noise = GlobalOptions.Noise.NORMAL;
    if (quiet) {
      noise = GlobalOptions.Noise.QUIET;
    }
    if (verbose) {
      noise = GlobalOptions.Noise.VERBOSE;
    }
    return new Console(caller, new GlobalOptions(directory, color, noise));
  }

  @Override
  public Integer call() {
    return CommandRunner.run(isVersionAsked ? version : help, console());
  }
}
