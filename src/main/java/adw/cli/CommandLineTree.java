package adw.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands as picocli reads them.
final class CommandLineTree {
  private static final String FLOW = "flow";

  private static final List<String> VERBS =
      List.of(
          "status",
          "tasks",
          "show",
          "logs",
          "open",
          "completion",
          "check",
          "pause",
          "resume",
          "cancel",
          "retry",
          "answer",
          "approve",
          "reject",
          "stop",
          "demo",
          "reset",
          "archive",
          "clean",
          "undo",
          "run",
          "add",
          "init",
          "doctor",
          "agents",
          "budget",
          "mcp",
          FLOW);

  private static final List<String> FLOW_VERBS =
      List.of(
          "list",
          "show",
          "verify",
          "run",
          "runs",
          "resume",
          "save",
          "init",
          "graph",
          "schema",
          "cache-clear",
          "exec");

  private static final String INVALID = "Invalid value for (?:option '([^']+)'|[^:]*): ";
  private static final Pattern CHOICE =
      Pattern.compile(INVALID + "expected one of \\[(.*)] .* but was '(.*)'");
  private static final Pattern NUMBER = Pattern.compile(INVALID + "'(.*)' is not an int");

  private CommandLineTree() {}

  /// Each command costs milliseconds to be read by picocli: only those that are named are, and all
  /// where none is.
  static int run(Caller caller, String... args) {
    var words = asked(List.of(FlowVerb.written(args)));
    return create(caller, named(VERBS, words), named(FLOW_VERBS, words))
        .execute(words.toArray(String[]::new));
  }

  /// `help flow run` is `flow run --help`.
  private static List<String> asked(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("help")) {
      return words;
    }
    var asked = new ArrayList<>(words.subList(1, words.size()));
    asked.add("--help");
    return asked;
  }

  private static List<String> named(List<String> all, List<String> words) {
    var named = all.stream().filter(words::contains).toList();
    return named.isEmpty() ? all : named;
  }

  static CommandLine create(Caller caller) {
    return create(caller, VERBS, FLOW_VERBS);
  }

  private static CommandLine create(Caller caller, List<String> verbs, List<String> flowVerbs) {
    var tree = new CommandLine(new Adw(caller));
    for (var verb : verbs) {
      tree.addSubcommand(verb.equals(FLOW) ? flow(flowVerbs) : verb(verb));
    }
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

  private static CommandLine flow(List<String> verbs) {
    var flow = new CommandLine(new FlowVerb());
    verbs.forEach(verb -> flow.addSubcommand(flowVerb(verb)));
    return flow;
  }

  private static Verb verb(String name) {
    return switch (name) {
      case "status" -> new StatusVerb();
      case "tasks" -> new TasksVerb();
      case "show" -> new ShowVerb();
      case "logs" -> new LogsVerb();
      case "open" -> new OpenVerb();
      case "completion" -> new CompletionVerb();
      case "check" -> new CheckVerb();
      case "pause" -> new PauseVerb();
      case "resume" -> new ResumeVerb();
      case "cancel" -> new CancelVerb();
      case "retry" -> new RetryVerb();
      case "answer" -> new AnswerVerb();
      case "approve" -> new ApproveVerb();
      case "reject" -> new RejectVerb();
      case "stop" -> new StopVerb();
      case "demo" -> new DemoVerb();
      case "reset" -> new ResetVerb();
      case "archive" -> new ArchiveVerb();
      case "clean" -> new CleanVerb();
      case "undo" -> new UndoVerb();
      case "run" -> new RunVerb();
      case "add" -> new AddVerb();
      case "init" -> new InitVerb();
      case "doctor" -> new DoctorVerb();
      case "agents" -> new AgentsVerb();
      case "budget" -> new BudgetVerb();
      case "mcp" -> new McpVerb();
      case String other -> throw new IllegalArgumentException(other);
    };
  }

  private static FlowCommand flowVerb(String name) {
    return switch (name) {
      case "list" -> new FlowListVerb();
      case "show" -> new FlowShowVerb();
      case "verify" -> new FlowVerifyVerb();
      case "run" -> new FlowRunVerb();
      case "runs" -> new FlowRunsVerb();
      case "resume" -> new FlowResumeVerb();
      case "save" -> new FlowSaveVerb();
      case "init" -> new FlowInitVerb();
      case "graph" -> new FlowGraphVerb();
      case "schema" -> new FlowSchemaVerb();
      case "cache-clear" -> new FlowCacheClearVerb();
      case "exec" -> new FlowExecVerb();
      case String other -> throw new IllegalArgumentException(other);
    };
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
    var text = plain(String.valueOf(problem.getMessage()));
    return where
        + text.substring(0, 1).toLowerCase(Locale.ROOT)
        + text.substring(1)
        + " ("
        + help
        + ")";
  }

  /// picocli speaks of positional parameters, ints and enum constants; people type words.
  private static String plain(String text) {
    var choice = CHOICE.matcher(text);
    if (choice.matches()) {
      var names = choice.group(2).toLowerCase(Locale.ROOT);
      return option(choice) + "'" + choice.group(3) + "' is none of " + names;
    }
    var number = NUMBER.matcher(text);
    return number.matches() ? option(number) + "'" + number.group(2) + "' is no number" : text;
  }

  private static String option(MatchResult refused) {
    return refused.group(1) == null ? "" : refused.group(1) + " ";
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
            + Nearest.cure(typed, isRoot ? Verbs.names() : FLOW_VERBS, help)
        : "unexpected '" + typed + "' (" + help + ")";
  }
}
