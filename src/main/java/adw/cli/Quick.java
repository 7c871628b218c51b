package adw.cli;

import java.util.Locale;
import java.util.Optional;

/// The commands that must answer at once, read without picocli (150 ms to start); anything unusual,
/// mistakes included, is left to it.
record Quick(Command command, Options options) {
  static Optional<Quick> find(String[] args) {
    return new Reader(args).read();
  }

  private static final class Reader {
    private final String[] args;
    private String word = "";
    private String directory = "";
    private Options.Color color = Options.Color.AUTO;
    private Options.Noise noise = Options.Noise.NORMAL;
    private boolean json;

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
      return arg.equals("-C") || arg.equals("--color");
    }

    private boolean takeValue(String option, String value) {
      if (option.equals("-C")) {
        directory = value;
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
          return false;
        }
      }
      return true;
    }

    private Optional<Command> command() {
      return switch (word) {
        case "--version" -> json ? Optional.empty() : Optional.of(Quick::version);
        case "", "--help", "-h", "help" -> json ? Optional.empty() : Optional.of(Quick::help);
        case "status" -> Optional.of(status());
        case "tasks" -> Optional.of(tasks());
        default -> Optional.empty();
      };
    }

    private Command status() {
      var status = new StatusVerb();
      status.json = json;
      return status;
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
