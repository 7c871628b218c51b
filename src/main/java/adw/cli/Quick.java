package adw.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The commands that must answer or begin at once, read without picocli (150 ms to start); anything
/// unusual, mistakes included, is left to it.
record Quick(Command command, Options options) {
  static Optional<Quick> find(String[] args) {
    return new Reader(FlowVerb.written(args)).read();
  }

  private static final class Reader {
    private final String[] args;
    private String word = "";
    private String directory = "";
    private Options.Color color = Options.Color.AUTO;
    private Options.Noise noise = Options.Noise.NORMAL;
    private boolean json;
    private Optional<String> approve = Optional.empty();
    private final List<String> flow = new ArrayList<>();

    Reader(String[] args) {
      this.args = args;
    }

    Optional<Quick> read() {
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
      return command().map(command -> new Quick(command, new Options(directory, color, noise)));
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
      for (var wish : Options.Color.values()) {
        if (wish.name().toLowerCase(Locale.ROOT).equals(value)) {
          color = wish;
          return true;
        }
      }
      return false;
    }

    private boolean take(String arg) {
      switch (arg) {
        case "-q" -> noise = Options.Noise.QUIET;
        case "-v" -> noise = Options.Noise.VERBOSE;
        case "--json" -> json = true;
        case "status", "tasks", "--version", "--help", "-h", "help" -> {
          if (!word.isEmpty()) {
            return false;
          }
          word = arg;
        }
        default -> {
          return takeOfFlow(arg);
        }
      }
      return true;
    }

    /// `flow`, the verb below it, and what that is given.
    private boolean takeOfFlow(String arg) {
      if (word.isEmpty() && arg.equals("flow")) {
        word = arg;
        return true;
      }
      return word.equals("flow") && !arg.startsWith("-") && flow.add(arg);
    }

    private Optional<Command> command() {
      if (approve.isPresent() && !word.equals("flow")) {
        return Optional.empty();
      }
      return switch (word) {
        case "--version" -> json ? Optional.empty() : Optional.of(Quick::version);
        case "", "--help", "-h", "help" -> json ? Optional.empty() : Optional.of(Quick::help);
        case "status" -> Optional.of(status());
        case "tasks" -> Optional.of(tasks());
        case "flow" -> flow();
        default -> Optional.empty();
      };
    }

    private Command status() {
      var status = new StatusVerb();
      status.json = json;
      return status;
    }

    private Optional<Command> flow() {
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

    private Command flowRun() {
      var run = new FlowRunVerb();
      run.name = flow.get(1);
      run.pairs = List.copyOf(flow.subList(2, flow.size()));
      run.answer = approve;
      run.json = json;
      return run;
    }

    private Command flowExec() {
      var exec = new FlowExecVerb();
      exec.reference = flow.get(1);
      return exec;
    }

    private Command tasks() {
      var tasks = new TasksVerb();
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
    console.caller().out().print(Verbs.page());
    return ExitCode.DONE;
  }
}
