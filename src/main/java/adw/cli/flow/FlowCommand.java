package adw.cli.flow;

import adw.cli.console.CliCommand;
import adw.cli.console.CommandRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/// A command below `adw flow`.
public abstract class FlowCommand implements CliCommand, Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private FlowRootCommand flow;

  @Override
  public final Integer call() {
    return CommandRunner.run(this, flow.console());
  }
}
