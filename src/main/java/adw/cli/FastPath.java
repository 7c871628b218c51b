package adw.cli;

import adw.cli.command.StatusCommand;
import adw.cli.command.TasksCommand;
import adw.cli.console.CliCommand;
import adw.cli.console.CommandCatalog;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.console.GlobalOptions;
import adw.cli.flow.FlowExec;
import adw.cli.flow.FlowRootCommand;
import adw.cli.flow.FlowRunCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The commands that must answer or begin at once, read without picocli (150 ms to start); anything
/// unusual, mistakes included, is left to it.
record FastPath(CliCommand command, GlobalOptions options) {
  static Optional<FastPath> find(String[] args) {
    return new Reader(FlowRootCommand.written(args)).read();
  }

  private static final class Reader {
    private final String[] args;
    private String word = "";
    private String directory = "";
    private GlobalOptions.Color color = GlobalOptions.Color.AUTO;
    private GlobalOptions.Noise noise = GlobalOptions.Noise.NORMAL;
    private boolean json;
    private Optional<String> approve = Optional.empty();
    private final List<String> flow = new ArrayList<>();

    Reader(String[] args) {
      this.args = args;
    }

    Optional<FastPath> read() {
      for (var i = 0; i < args.length; i++) {
        if (takesValue(args[i])) {
          if (i + 1 == args.length || !takeValue(args[i], args[i + 1])) {
            return Optional.empty();
          }
          i++;
        } else if (!take(args[i])) {
          return Optional.empty();
        }
      }
      return command()
          .map(command -> new FastPath(command, new GlobalOptions(directory, color, noise)));
    }

    private static boolean takesValue(String arg) {
      return arg.equals("-C") || arg.equals("--color") || arg.equals("--approve");
    }

    private boolean takeValue(String option, String value) {
      if (option.equals("-C")) {
        directory = value;
        return true;
      }
      if (option.equals("--approve")) {
        approve = Optional.of(value);
        return true;
      }
      for (var wish : GlobalOptions.Color.values()) {
        if (wish.name().toLowerCase(Locale.ROOT).equals(value)) {
          color = wish;
          return true;
        }
      }
      return false;
    }

    private boolean take(String arg) {
      switch (arg) {
        case "-q" -> noise = GlobalOptions.Noise.QUIET;
        case "-v" -> noise = GlobalOptions.Noise.VERBOSE;
        case "--json" -> json = true;
        case "--version", "--help", "-h", "help" -> {
          return takeWord(arg);
        }
        default -> {
          return (CommandCatalog.isQuick(arg) && !word.equals("flow"))
              ? takeWord(arg)
              : takeOfFlow(arg);
        }
      }
      return true;
    }

    private boolean takeWord(String arg) {
      var isFirst = word.isEmpty();
      word = arg;
      return isFirst;
    }

    /// `flow`, the verb below it, and what that is given.
    private boolean takeOfFlow(String arg) {
      if (word.isEmpty() && arg.equals("flow")) {
        word = arg;
        return true;
      }
      return word.equals("flow") && !arg.startsWith("-") && flow.add(arg);
    }

    private Optional<CliCommand> command() {
      if (approve.isPresent() && !word.equals("flow")) {
        return Optional.empty();
      }
      return switch (word) {
        case "--version" -> json ? Optional.empty() : Optional.of(FastPath::version);
        case "", "--help", "-h", "help" -> json ? Optional.empty() : Optional.of(FastPath::help);
        case "status" -> Optional.of(status());
        case "tasks" -> Optional.of(tasks());
        case "flow" -> flow();
        default -> Optional.empty();
      };
    }

    private CliCommand status() {
      var status = new StatusCommand();
      status.json = json;
      return status;
    }

    private Optional<CliCommand> flow() {
      var verb = flow.size() < 2 ? "" : flow.getFirst();
      return switch (verb) {
        case "run" -> Optional.of(flowRun());
        case "exec" ->
            json || approve.isPresent() || flow.size() > 2
                ? Optional.empty()
                : Optional.of(flowExec());
        default -> Optional.empty();
      };
    }

    private CliCommand flowRun() {
      var run = new FlowRunCommand();
      run.name = flow.get(1);
      run.pairs = List.copyOf(flow.subList(2, flow.size()));
      run.answer = approve;
      run.json = json;
      return run;
    }

    private CliCommand flowExec() {
      var exec = new FlowExec();
      exec.reference = flow.get(1);
      return exec;
    }

    private CliCommand tasks() {
      var tasks = new TasksCommand();
      tasks.json = json;
      return tasks;
    }
  }

  static ExitCode version(Console console) {
    var version = Main.class.getPackage().getImplementationVersion();
    console.print("adw " + (version == null ? "(not packaged)" : version));
    return ExitCode.DONE;
  }

  static ExitCode help(Console console) {
    console.caller().out().print(CommandCatalog.page());
    return ExitCode.DONE;
  }
}
