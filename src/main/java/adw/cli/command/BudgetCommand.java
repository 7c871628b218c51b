package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.FlowWiring;
import adw.cli.project.Project;
import adw.cli.project.Reference;
import adw.json.Json;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.spend.Cap;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "budget",
    description = {
      "what was spent today, and +20 to allow more",
      "With an ID the 20 dollars are for that run and the group around it, and it goes on."
    },
    footer = {"", "Example: adw budget +20     adw budget 1a2b +5"})
public final class BudgetCommand extends PicocliCommand {
  @Parameters(
      paramLabel = "[ID] [+USD]",
      arity = "0..2",
      description = "dollars to allow beyond the cap, for today or for one run")
  List<String> words = List.of();

  @Option(names = "--json", description = "today's spending as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var project = Project.find(console);
    if (!words.isEmpty()) {
      raise(project, console);
    }
    var caller = console.caller();
    var cap = FlowWiring.ofDay(project, caller);
    var today = caller.clock().instant().atZone(caller.zone()).toLocalDate();
    var spent = project.state().openLedger().day(today, caller.zone()).usd();
    var allowed = cap.usd() == 0 ? 0 : cap.usd() + raised(project, cap, console);
    if (json) {
      console.print(
          Json.Obj.empty()
              .with("spentToday", Json.Num.of(spent))
              .with("allowedToday", Json.Num.of(allowed)));
    } else {
      console.print(
          "today "
              + dollars(spent)
              + (cap.usd() == 0 ? ", no cap (max_usd_day = 0)" : " of " + dollars(allowed)));
    }
    return ExitCode.DONE;
  }

  private static double raised(Project project, Cap cap, Console console) throws IOException {
    return FlowWiring.raises(project).of(cap, console.caller().clock().instant());
  }

  private void raise(Project project, Console console) throws IOException, InterruptedException {
    project.state().createRoot(); // people raise a budget before the first run too
    var more = dollars(words.getLast());
    var now = console.caller().clock().instant();
    if (words.size() == 1) {
      FlowWiring.raises(project).add(FlowWiring.ofDay(project, console.caller()), more, now);
      return;
    }
    var run = Reference.find(project, words.getFirst()).needRun();
    FlowWiring.raises(project).add(new Cap.OfRun(run.id(), 0), more, now);
    var group = FlowWiring.group(run);
    if (group.isPresent()) {
      FlowWiring.raises(project).add(group.get(), more, now);
    }
    if (!run.hasEnded()) {
      var words = "the budget was raised by " + dollars(more);
      new RequestFolder(project.state())
          .send(
              new Request.Continue(run.id(), words, console.caller().user()),
              now,
              new SecureRandom());
      console.note(run.id() + " goes on as soon as adw run carries it");
    }
  }

  private static double dollars(String typed) {
    var amount = Optional.of(typed).filter(text -> text.matches("\\+\\d{1,6}(\\.\\d{1,2})?"));
    return amount
        .map(text -> new BigDecimal(text.substring(1)).doubleValue())
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE, "budget: '" + typed + "' is no amount such as +20 or +2.50"));
  }

  private static String dollars(double usd) {
    return String.format(Locale.ROOT, "$%.2f", usd);
  }
}
