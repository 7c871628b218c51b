package adw.cli.command;

import adw.cli.console.Caller;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.console.ProgramEntry;
import adw.json.Json;
import adw.mcp.McpServer;
import adw.mcp.McpTool;
import adw.mcp.ToolArguments;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "mcp",
    description = {
      "serve agents over the Model Context Protocol on standard input and output",
      "Tools: add, list, show, status, flow_run, flow_verify."
    },
    footer = {"", "Example: claude mcp add adw -- adw mcp"})
public final class McpCommand extends PicocliCommand {
  private final ProgramEntry program;

  public McpCommand(ProgramEntry program) {
    this.program = program;
  }

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var version = McpCommand.class.getPackage().getImplementationVersion();
    var in = new InputStreamReader(console.caller().in(), StandardCharsets.UTF_8);
    new McpServer(version == null ? "0" : version, tools(console), console.caller().out())
        .serve(new BufferedReader(in));
    return ExitCode.DONE;
  }

  private List<McpTool> tools(Console console) {
    return List.of(
        new McpTool(
            "add",
            "Append a task to tasks.md",
            ToolArguments.NONE
                .with("text", "one line; tags such as #sh or #opus in it count")
                .withOptional("after", "names of tasks it waits for, with commas between")
                .schema(),
            McpTool.Kind.ACTS,
            given -> adw(console, add(given))),
        new McpTool(
            "list",
            "Every task with its state",
            ToolArguments.NONE.schema(),
            McpTool.Kind.LOOKS,
            _ -> adw(console, List.of("tasks", "--json"))),
        new McpTool(
            "show",
            "One run: what it was asked, did and said",
            ToolArguments.NONE.with("id", "of a run or task, or tasks.md:LINE").schema(),
            McpTool.Kind.LOOKS,
            given -> adw(console, List.of("show", "--json", "--", given.text("id")))),
        new McpTool(
            "status",
            "What runs, what waits, what needs a person, what was spent today",
            ToolArguments.NONE.schema(),
            McpTool.Kind.LOOKS,
            _ -> adw(console, List.of("status", "--json"))),
        new McpTool(
            "flow_run",
            "Run a flow here and now and wait for its end; approvals are rejected",
            ToolArguments.NONE
                .with("name", "a saved flow, or a file")
                .withObject("args", "its arguments")
                .schema(),
            McpTool.Kind.WORKS,
            given -> adw(console, flowRun(given))),
        new McpTool(
            "flow_verify",
            "Everything that is wrong with a flow, or with all saved ones",
            ToolArguments.NONE.withOptional("name", "a saved flow, or a file").schema(),
            McpTool.Kind.LOOKS,
            given -> adw(console, flowVerify(given))));
  }

  private static List<String> add(Json.Obj given) {
    var words = new ArrayList<>(List.of("add"));
    given.findText("after").ifPresent(after -> words.addAll(List.of("--after", after)));
    words.addAll(List.of("--", given.text("text")));
    return words;
  }

  private static List<String> flowRun(Json.Obj given) {
    var words = new ArrayList<>(List.of("flow", "run", "--json"));
    given.findObject("args").ifPresent(args -> words.addAll(List.of("--args", args.write())));
    words.addAll(List.of("--", given.text("name")));
    return words;
  }

  private static List<String> flowVerify(Json.Obj given) {
    var words = new ArrayList<>(List.of("flow", "verify", "--json"));
    given.findText("name").ifPresent(name -> words.addAll(List.of("--", name)));
    return words;
  }

  /// The same command as a person would type, with nobody there to be asked.
  private McpTool.Said adw(Console console, List<String> words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var own = console.caller();
    var caller =
        new Caller(
            console.directory(),
            own.environment(),
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Caller.Screen.NONE,
            own.clock(),
            own.timeZone());
    var code = program.run(caller, words.toArray(String[]::new));
    var text = out.toString(StandardCharsets.UTF_8);
    return new McpTool.Said(
        text.isBlank() ? err.toString(StandardCharsets.UTF_8) : text, code != 0);
  }
}
