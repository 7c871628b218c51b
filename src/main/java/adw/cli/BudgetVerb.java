package adw.cli;

import adw.agent.Cap;
import adw.run.Json;
import adw.run.Ledger;
import adw.run.Request;
import adw.run.Requests;
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
final class BudgetVerb extends Verb {
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
    var cap = FlowStage.ofDay(project, caller);
    var today = caller.clock().instant().atZone(caller.zone()).toLocalDate();
    var spent = new Ledger(project.state()).day(today, caller.zone()).usd();
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
    return FlowStage.raises(project).of(cap, console.caller().clock().instant());
  }

  private void raise(Project project, Console console) throws IOException, InterruptedException {
    var more = dollars(words.getLast());
    var now = console.caller().clock().instant();
    if (words.size() == 1) {
      FlowStage.raises(project).add(FlowStage.ofDay(project, console.caller()), more, now);
      return;
    }
    var run = Target.find(project, words.getFirst()).needRun();
    FlowStage.raises(project).add(new Cap.OfRun(run.id(), 0), more, now);
    var group = FlowExecVerb.group(run);
    if (group.isPresent()) {
      FlowStage.raises(project).add(group.get(), more, now);
    }
    if (!run.hasEnded()) {
      var words = "the budget was raised by " + dollars(more);
      new Requests(project.state())
          .send(
              new Request.Continue(run.id(), words, RequestVerb.by(console.caller())),
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
