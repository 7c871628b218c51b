package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.console.RootCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "flow",
    description = {
      "graphs of work, declared in JSON: adws/NAME.json",
      "A task tagged #NAME runs the flow in its worktree."
    },
    footer = {"", "Example: adw flow verify && adw tf:triage dir=src"})
public final class FlowRootCommand implements Callable<Integer> {
  private static final String SHORT = "tf:";

  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private RootCommand adw;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  Console console() {
    return adw.console();
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE.number;
  }

  /// `tf:NAME` written out, where it is the command.
  public static String[] written(String[] args) {
    var words = new ArrayList<>(List.of(args));
    for (var i = 0; i < args.length; i++) {
      if (args[i].startsWith(SHORT)) {
        words.set(i, args[i].substring(SHORT.length()));
        words.addAll(i, List.of("flow", "run"));
        break;
      }
      if (args[i].equals("-C") || args[i].equals("--color")) {
        i++;
      } else if (!args[i].startsWith("-")) {
        break;
      }
    }
    return words.toArray(String[]::new);
  }
}
