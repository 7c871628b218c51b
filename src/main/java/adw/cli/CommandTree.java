package adw.cli;

import adw.cli.command.AddCommand;
import adw.cli.command.AgentsCommand;
import adw.cli.command.AnswerCommand;
import adw.cli.command.ApproveCommand;
import adw.cli.command.ArchiveCommand;
import adw.cli.command.BudgetCommand;
import adw.cli.command.CancelCommand;
import adw.cli.command.CheckCommand;
import adw.cli.command.CleanCommand;
import adw.cli.command.CompletionCommand;
import adw.cli.command.DemoCommand;
import adw.cli.command.DoctorCommand;
import adw.cli.command.InitCommand;
import adw.cli.command.LogsCommand;
import adw.cli.command.McpCommand;
import adw.cli.command.OpenCommand;
import adw.cli.command.PauseCommand;
import adw.cli.command.PicocliCommand;
import adw.cli.command.RejectCommand;
import adw.cli.command.ResetCommand;
import adw.cli.command.ResumeCommand;
import adw.cli.command.RetryCommand;
import adw.cli.command.RunCommand;
import adw.cli.command.ShowCommand;
import adw.cli.command.StatusCommand;
import adw.cli.command.StopCommand;
import adw.cli.command.TasksCommand;
import adw.cli.command.UndoCommand;
import adw.cli.console.Caller;
import adw.cli.console.CommandCatalog;
import adw.cli.console.ExitCode;
import adw.cli.console.RootCommand;
import adw.cli.flow.FlowCacheClear;
import adw.cli.flow.FlowCommand;
import adw.cli.flow.FlowExec;
import adw.cli.flow.FlowGraph;
import adw.cli.flow.FlowInit;
import adw.cli.flow.FlowList;
import adw.cli.flow.FlowResume;
import adw.cli.flow.FlowRootCommand;
import adw.cli.flow.FlowRunCommand;
import adw.cli.flow.FlowRunsCommand;
import adw.cli.flow.FlowSave;
import adw.cli.flow.FlowSchemaCommand;
import adw.cli.flow.FlowShow;
import adw.cli.flow.FlowVerify;
import adw.text.NearestName;
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
public final class CommandTree {
  private static final String FLOW = "flow";

  private static final String INVALID = "Invalid value for (?:option '([^']+)'|[^:]*): ";
  private static final Pattern CHOICE =
      Pattern.compile(INVALID + "expected one of \\[(.*)] .* but was '(.*)'");
  private static final Pattern NUMBER = Pattern.compile(INVALID + "'(.*)' is not an int");

  private CommandTree() {}

  /// Each command costs milliseconds to be read by picocli: only those that are named are, and all
  /// where none is.
  static int run(Caller caller, String... args) {
    var words = asked(List.of(FlowRootCommand.written(args)));
    return create(caller, named(CommandCatalog.names(), words), named(CommandCatalog.FLOW, words))
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

  public static CommandLine create(Caller caller) {
    return create(caller, CommandCatalog.names(), CommandCatalog.FLOW);
  }

  private static CommandLine create(Caller caller, List<String> verbs, List<String> flowVerbs) {
    var tree = new CommandLine(new RootCommand(caller, FastPath::version, FastPath::help));
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
    var flow = new CommandLine(new FlowRootCommand());
    verbs.forEach(verb -> flow.addSubcommand(flowVerb(verb)));
    return flow;
  }

  private static PicocliCommand verb(String name) {
    return switch (name) {
      case "status" -> new StatusCommand();
      case "tasks" -> new TasksCommand();
      case "show" -> new ShowCommand();
      case "logs" -> new LogsCommand();
      case "open" -> new OpenCommand();
      case "completion" -> new CompletionCommand(CommandTree::create);
      case "check" -> new CheckCommand();
      case "pause" -> new PauseCommand();
      case "resume" -> new ResumeCommand();
      case "cancel" -> new CancelCommand();
      case "retry" -> new RetryCommand();
      case "answer" -> new AnswerCommand();
      case "approve" -> new ApproveCommand();
      case "reject" -> new RejectCommand();
      case "stop" -> new StopCommand();
      case "demo" -> new DemoCommand(Main::run);
      case "reset" -> new ResetCommand();
      case "archive" -> new ArchiveCommand();
      case "clean" -> new CleanCommand();
      case "undo" -> new UndoCommand();
      case "run" -> new RunCommand();
      case "add" -> new AddCommand();
      case "init" -> new InitCommand();
      case "doctor" -> new DoctorCommand();
      case "agents" -> new AgentsCommand();
      case "budget" -> new BudgetCommand();
      case "mcp" -> new McpCommand(Main::run);
      case String other -> throw new IllegalArgumentException(other);
    };
  }

  private static FlowCommand flowVerb(String name) {
    return switch (name) {
      case "list" -> new FlowList();
      case "show" -> new FlowShow();
      case "verify" -> new FlowVerify();
      case "run" -> new FlowRunCommand();
      case "runs" -> new FlowRunsCommand();
      case "resume" -> new FlowResume();
      case "save" -> new FlowSave();
      case "init" -> new FlowInit();
      case "graph" -> new FlowGraph();
      case "schema" -> new FlowSchemaCommand();
      case "cache-clear" -> new FlowCacheClear();
      case "exec" -> new FlowExec();
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
      return "unknown option '" + typed + "'" + NearestName.cure(typed, options, help);
    }
    return isRoot || !command.getSubcommands().isEmpty()
        ? "unknown command '"
            + typed
            + "'"
            + NearestName.cure(typed, isRoot ? CommandCatalog.names() : CommandCatalog.FLOW, help)
        : "unexpected '" + typed + "' (" + help + ")";
  }
}
