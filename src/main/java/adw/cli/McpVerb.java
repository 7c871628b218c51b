package adw.cli;

import adw.mcp.Arguments;
import adw.mcp.Server;
import adw.mcp.Tool;
import adw.run.Json;
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
final class McpVerb extends Verb {
  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var version = Main.class.getPackage().getImplementationVersion();
    var in = new InputStreamReader(console.caller().in(), StandardCharsets.UTF_8);
    new Server(version == null ? "0" : version, tools(console), console.caller().out())
        .serve(new BufferedReader(in));
    return ExitCode.DONE;
  }

  private static List<Tool> tools(Console console) {
    return List.of(
        new Tool(
            "add",
            "Append a task to tasks.md",
            Arguments.NONE
                .with("text", "one line; tags such as #sh or #opus in it count")
                .withOptional("after", "names of tasks it waits for, with commas between")
                .schema(),
            Tool.Kind.ACTS,
            given -> adw(console, add(given))),
        new Tool(
            "list",
            "Every task with its state",
            Arguments.NONE.schema(),
            Tool.Kind.LOOKS,
            _ -> adw(console, List.of("tasks", "--json"))),
        new Tool(
            "show",
            "One run: what it was asked, did and said",
            Arguments.NONE.with("id", "of a run or task, or tasks.md:LINE").schema(),
            Tool.Kind.LOOKS,
            given -> adw(console, List.of("show", "--json", "--", given.text("id")))),
        new Tool(
            "status",
            "What runs, what waits, what needs a person, what was spent today",
            Arguments.NONE.schema(),
            Tool.Kind.LOOKS,
            _ -> adw(console, List.of("status", "--json"))),
        new Tool(
            "flow_run",
            "Run a flow here and now and wait for its end; approvals are rejected",
            Arguments.NONE
                .with("name", "a saved flow, or a file")
                .withObject("args", "its arguments")
                .schema(),
            Tool.Kind.WORKS,
            given -> adw(console, flowRun(given))),
        new Tool(
            "flow_verify",
            "Everything that is wrong with a flow, or with all saved ones",
            Arguments.NONE.withOptional("name", "a saved flow, or a file").schema(),
            Tool.Kind.LOOKS,
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
  private static Tool.Said adw(Console console, List<String> words) {
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
    var code = Main.run(caller, words.toArray(String[]::new));
    var text = out.toString(StandardCharsets.UTF_8);
    return new Tool.Said(text.isBlank() ? err.toString(StandardCharsets.UTF_8) : text, code != 0);
  }
}
