package adw.cli.command;

import adw.cli.console.Caller;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.FlowHealth;
import adw.cli.project.FlowShelf;
import adw.cli.project.Project;
import adw.cli.project.ProjectStatus;
import adw.json.Json;
import adw.status.TaskStatus;
import adw.task.DocumentFindings;
import adw.task.TaskFinding;
import adw.text.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = "settings, task file and workflows: everything that is wrong, at once",
    footer = {"", "Example: adw check && git push     (exit code 5: something must be mended)"})
public final class CheckCommand extends PicocliCommand {
  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  /// @param isError false: it would run all the same
  record Line(String file, int line, boolean isError, String text) {
    private static final Pattern MESSAGE = Pattern.compile("([^:]+):(?:(\\d{1,9}):)? (.*)");

    /// `adw.toml:2: unknown key …`; a message about a whole file counts for its first line.
    static Line of(String message) {
      var parts = MESSAGE.matcher(message);
      if (!parts.matches()) {
        return new Line("adw.toml", 1, true, message);
      }
      var line = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
      return new Line(parts.group(1), line, true, parts.group(3));
    }

    Json.Obj toJson() {
      return Json.Obj.empty()
          .with("file", file)
          .with("line", line)
          .with("severity", isError ? "error" : "warning")
          .with("text", text);
    }
  }

  @Override
  public ExitCode run(Console console) throws IOException {
    var lines = lines(console);
    var errors = lines.stream().filter(Line::isError).count();
    if (json) {
      console.print(
          Json.Obj.empty()
              .with("findings", new Json.Arr(lines.stream().<Json>map(Line::toJson).toList())));
    } else {
      lines.forEach(line -> print(line, console));
      console.note(
          lines.isEmpty()
              ? "nothing to mend"
              : errors + " to mend, " + (lines.size() - errors) + " to consider");
    }
    return errors > 0 ? ExitCode.BAD_INPUT : ExitCode.DONE;
  }

  private static void print(Line line, Console console) {
    var word = line.isError ? "" : "warning: ";
    console.print(line.file + ":" + line.line + ": " + word + PlainText.line(line.text));
  }

  /// Wrong settings are told alone: they decide what all the rest means.
  private static List<Line> lines(Console console) throws IOException {
    try {
      return findings(Project.find(console), console.caller());
    } catch (CliException e) {
      if (e.code != ExitCode.BAD_INPUT) {
        throw e;
      }
      return e.messages.stream().map(Line::of).toList();
    }
  }

  static List<Line> findings(Project project, Caller caller) throws IOException {
    var lines = tasks(project, caller);
    var said = lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    for (var flow : flows(project, caller)) {
      if (!said.contains(flow.file + ":" + flow.line + ": ")) {
        lines.add(flow);
      }
    }
    var order = Comparator.comparing((Line line) -> !line.file.equals(project.taskFileName()));
    return lines.stream()
        .distinct()
        .sorted(order.thenComparing(Line::file).thenComparingInt(Line::line))
        .toList();
  }

  /// Also of flows that no task names yet.
  private static List<Line> flows(Project project, Caller caller) throws IOException {
    var shelf = new FlowShelf(project, caller.environment());
    var care = new FlowHealth(project, caller, shelf);
    var lines = new ArrayList<Line>();
    for (var entry : shelf.flows().list()) {
      for (var finding : care.findings(entry.flow())) {
        var file = finding.file().map(project::shown).orElse(entry.name());
        lines.add(new Line(file, finding.line(), finding.isError(), finding.message()));
      }
    }
    return lines;
  }

  private static List<Line> tasks(Project project, Caller caller) throws IOException {
    var overview = ProjectStatus.read(project, caller);
    var name = project.taskFileName();
    var lines = new ArrayList<Line>();
    for (var finding : DocumentFindings.of(overview.document())) {
      var isError = finding.severity() == TaskFinding.Severity.ERROR;
      lines.add(
          new Line(name, finding.line(), isError, finding.what() + " (" + finding.cure() + ")"));
    }
    for (var held : overview.with(TaskStatus.State.HELD)) {
      lines.add(new Line(name, held.task().line(), true, held.detail() + " (" + held.cure() + ")"));
    }
    return lines;
  }
}
