package adw.cli.command;

import adw.cli.console.Caller;
import adw.cli.console.CommandCatalog;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = "tab completion for a shell, on standard output",
    footer = {"", "Example: source <(adw completion bash)     # in ~/.bashrc"})
public final class CompletionCommand extends PicocliCommand {
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  Shell shell = Shell.BASH;

  private final Function<Caller, CommandLine> tree;

  /// @param tree all commands
  public CompletionCommand(Function<Caller, CommandLine> tree) {
    this.tree = tree;
  }

  @Override
  public ExitCode run(Console console) {
    var commands = tree.apply(console.caller());
    var script =
        switch (shell) {
          // picocli's script has a part for zsh that loads bash's way of completing.
          case BASH, ZSH -> AutoComplete.bash("adw", commands);
          case FISH -> fish(commands);
        };
    console.print(script.stripTrailing());
    return ExitCode.DONE;
  }

  private static String fish(CommandLine tree) {
    var lines = new StringBuilder("complete -c adw -f\n");
    for (var group : CommandCatalog.ALL) {
      for (var line : group.lines()) {
        lines.append("complete -c adw -n __fish_use_subcommand -a ").append(line.name());
        lines.append(" -d ").append(quoted(line.says())).append('\n');
      }
    }
    tree.getSubcommands().forEach((name, command) -> lines.append(options(name, command)));
    return lines.toString();
  }

  private static String options(String name, CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(option ->
            "complete -c adw -n '__fish_seen_subcommand_from "
                + name
                + "' "
                + flag(option.longestName())
                + " -d "
                + quoted(String.join(" ", option.description()))
                + "\n")
        .collect(Collectors.joining());
  }

  private static String flag(String name) {
    return name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
