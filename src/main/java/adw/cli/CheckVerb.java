package adw.cli;

import adw.run.Json;
import adw.task.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = "settings, task file and workflows: everything that is wrong, at once",
    footer = {"", "Example: adw check && git push     (exit code 5: something must be mended)"})
final class CheckVerb extends Verb {
  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  /// @param isError false: it would run all the same
  record Line(String file, int line, boolean isError, String text) {
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
    console.print(line.file + ":" + line.line + ": " + word + Cells.clean(line.text));
  }

  private static List<Line> lines(Console console) throws IOException {
    var project = Project.find(console);
    var overview = Overview.read(project, console.caller());
    var name = project.taskFileName();
    var lines = new ArrayList<Line>();
    for (var finding : overview.document().findings()) {
      var isError = finding.severity() == Finding.Severity.ERROR;
      lines.add(
          new Line(name, finding.line(), isError, finding.what() + " (" + finding.cure() + ")"));
    }
    for (var held : overview.with(Standing.State.HELD)) {
      lines.add(new Line(name, held.task().line(), true, held.detail() + " (" + held.cure() + ")"));
    }
    return lines.stream().distinct().sorted(Comparator.comparingInt(Line::line)).toList();
  }
}
