package adw.cli.command;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.json.Json;
import adw.text.PlainText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = "what this machine and this repository lack; each line says ok, or the cure",
    footer = {"", "Example: adw doctor     (exit code 1: something is missing)"})
public final class DoctorCommand extends PicocliCommand {
  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var answers = DoctorChecks.of(Project.find(console), console.caller());
    if (json) {
      console.print(toJson(answers));
    } else {
      answers.forEach(answer -> print(answer, console));
    }
    return answers.stream().allMatch(answer -> answer.cure().isEmpty())
        ? ExitCode.DONE
        : ExitCode.FAILED;
  }

  private static void print(DoctorChecks.Answer answer, Console console) {
    var paint = console.paint();
    var sign = answer.cure().isEmpty() ? paint.green("ok ") : paint.red("no ");
    var cure = answer.cure().map(text -> " (" + text + ")").orElse("");
    console.print(
        sign + " %-16s".formatted(answer.about()) + PlainText.line(answer.finding()) + cure);
  }

  private static Json toJson(List<DoctorChecks.Answer> answers) {
    return Json.Obj.empty()
        .with("checks", new Json.Arr(answers.stream().<Json>map(DoctorCommand::toJson).toList()));
  }

  private static Json.Obj toJson(DoctorChecks.Answer answer) {
    return Json.Obj.empty()
        .with("about", answer.about())
        .with("ok", answer.cure().isEmpty())
        .with("finding", answer.finding())
        .with("cure", answer.cure());
  }
}
