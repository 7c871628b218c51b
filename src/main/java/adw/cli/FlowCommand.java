package adw.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/// A command below `adw flow`.
abstract class FlowCommand implements Command, Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private FlowVerb flow;

  @Override
  public final Integer call() {
    return Main.run(this, flow.console());
  }
}
