package adw.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/// A command as picocli fills it: fields are its options.
abstract class Verb implements Command, Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private Adw adw;

  @Override
  public final Integer call() {
    return Main.run(this, adw.console());
  }
}
