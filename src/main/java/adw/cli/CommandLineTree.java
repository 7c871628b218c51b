package adw.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands as picocli reads them.
final class CommandLineTree {
  private CommandLineTree() {}

  static int run(Caller caller, String... args) {
    return create(caller).execute(FlowVerb.written(args));
  }

  static CommandLine create(Caller caller) {
    var tree = new CommandLine(new Adw(caller));
    for (var verb : verbs()) {
      tree.addSubcommand(verb);
    }
    tree.addSubcommand(new FlowVerb());
    tree.setOut(writer(caller.out()))
        .setErr(writer(caller.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // `-C run` is a folder of that name, not the command.
        .setAllowSubcommandsAsOptionParameters(true)
        .setParameterExceptionHandler((problem, _) -> refuse(caller, problem));
    for (var command : tree.getSubcommands().values()) {
      command.getCommandSpec().usageMessage().synopsisHeading("usage: ").sortOptions(false);
    }
    return tree;
  }

  private static List<Verb> verbs() {
    return List.of(
        new StatusVerb(),
        new TasksVerb(),
        new ShowVerb(),
        new LogsVerb(),
        new OpenVerb(),
        new CompletionVerb(),
        new CheckVerb(),
        new PauseVerb(),
        new ResumeVerb(),
        new CancelVerb(),
        new RetryVerb(),
        new AnswerVerb(),
        new ApproveVerb(),
        new RejectVerb(),
        new StopVerb(),
        new DemoVerb(),
        new ResetVerb(),
        new ArchiveVerb(),
        new CleanVerb(),
        new UndoVerb(),
        new RunVerb(),
        new AddVerb(),
        new InitVerb(),
        new DoctorVerb(),
        new AgentsVerb(),
        new BudgetVerb(),
        new McpVerb());
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int refuse(Caller caller, ParameterException problem) {
    caller.err().print("adw: " + words(problem) + "\n");
    caller.err().flush();
    return ExitCode.USAGE.number;
  }

  private static String words(ParameterException problem) {
    var command = problem.getCommandLine();
    var isRoot = command.getParent() == null;
    var name = command.getCommandSpec().qualifiedName();
    var help = name + " --help";
    var where = isRoot ? "" : name.substring("adw ".length()) + ": ";
    if (problem instanceof UnmatchedArgumentException unmatched) {
      return where + words(unmatched.getUnmatched().getFirst(), command, isRoot, help);
    }
    var text = String.valueOf(problem.getMessage());
    return where
        + text.substring(0, 1).toLowerCase(Locale.ROOT)
        + text.substring(1)
        + " ("
        + help
        + ")";
  }

  private static String words(String typed, CommandLine command, boolean isRoot, String help) {
    if (typed.startsWith("-")) {
      var options = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      return "unknown option '" + typed + "'" + Nearest.cure(typed, options, help);
    }
    return isRoot || !command.getSubcommands().isEmpty()
        ? "unknown command '"
            + typed
            + "'"
            + Nearest.cure(typed, command.getSubcommands().keySet(), help)
        : "unexpected '" + typed + "' (" + help + ")";
  }
}
