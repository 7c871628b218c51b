package adw.cli.command;

import adw.cli.console.CliCommand;
import adw.cli.console.CommandRunner;
import adw.cli.console.RootCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/// A command as picocli fills it: fields are its options.
public abstract class PicocliCommand implements CliCommand, Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private RootCommand adw;

  @Override
  public final Integer call() {
    return CommandRunner.run(this, adw.console());
  }
}
