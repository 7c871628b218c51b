package adw.cli.flow;

import adw.agent.BudgetedAgent;
import adw.agent.program.PromptFolder;
import adw.cli.console.Caller;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.console.GlobalOptions;
import adw.cli.console.Interruption;
import adw.cli.project.AgentCast;
import adw.cli.project.FlowShelf;
import adw.cli.project.FlowWiring;
import adw.cli.project.Project;
import adw.cli.project.ProjectAgents;
import adw.cli.project.TagModels;
import adw.cli.project.TaskArguments;
import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowException;
import adw.flow.definition.FlowFinding;
import adw.flow.drawing.LiveGraph;
import adw.flow.run.FlowEngine;
import adw.flow.run.FlowListener;
import adw.flow.run.FlowOutcome;
import adw.flow.run.FlowRecordPlace;
import adw.flow.run.FlowStop;
import adw.json.Json;
import adw.os.DurableFiles;
import adw.run.Stage;
import adw.run.TaskSnapshot;
import adw.spend.Cap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// How `adw run` executes the flow of a task: in the task's worktree, told by its environment and
/// standard input. Its output ends with the flow's; what happens meanwhile is on standard error.
@Command(name = "exec", hidden = true, description = "the flow of a task, as adw run starts it")
public final class FlowExec extends FlowCommand {
  private static final int LONGEST_MESSAGE = 64 << 10;
  private static final int LONGEST_SLUG = 40;

  @Parameters(paramLabel = "REF", description = "a name or a file")
  public String reference = "";

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var caller = console.caller();
    var checkout =
        new GlobalOptions(
            need(caller, "ADW_REPO"), GlobalOptions.Color.NEVER, GlobalOptions.Noise.NORMAL);
    var project = Project.find(new Console(caller, checkout));
    try (var _ = PromptFolder.use();
        var interruption = Interruption.watch()) {
      return new Execution(project, caller, need(caller, "ADW_RUN_ID"), console)
          .run(reference, interruption.stop());
    }
  }

  private static String need(Caller caller, String variable) {
    var value = caller.environment().getOrDefault(variable, "");
    if (value.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE, "flow exec: no " + variable + " (adw run starts this; adw flow run)");
    }
    return value;
  }

  private record Execution(Project project, Caller caller, String id, Console console) {
    ExitCode run(String reference, FlowStop stop) throws IOException, InterruptedException {
      var folder = project.state().run(id);
      var result = folder.resolve("result.json");
      Files.deleteIfExists(result); // what an earlier round waited for
      var place = place();
      Files.createDirectories(place.folder());
      var answers = FlowAnswers.read(project.state(), id, place.folder());
      if (answers.waitedFor(Stage.Wait.Why.LOGIN)) {
        endPauses();
      }
      var run = project.runs().read(id);
      var order = run.order();
      var engine = stage(order, FlowWiring.group(run), answers).engine(progress());
      var flow = Optional.<Flow>empty();
      var ended = Optional.<FlowOutcome>empty();
      if (Files.exists(place.folder().resolve("run.json"))) {
        ended = Optional.of(engine.resume(place, stop));
        flow = find(reference).flow();
      } else {
        var read = find(reference);
        flow = read.flow();
        var values = arguments(order);
        var given = flow.map(known -> TaskArguments.of(known, values)).orElse(values);
        switch (engine.prepare(read, given)) {
          case FlowEngine.Prepared.Ready ready ->
              ended = Optional.of(engine.run(ready, place, stop));
          case FlowEngine.Prepared.Refused(var findings) -> refuse(findings, result);
        }
      }
      return ended.isEmpty() ? ExitCode.BAD_INPUT : report(ended.get(), flow, answers, result);
    }

    private FlowRecordPlace place() {
      return new FlowRecordPlace(project.state().run(id).resolve("flow"), id);
    }

    private CheckedFlow find(String reference) throws IOException {
      var flows = new FlowShelf(project, caller.environment()).flows();
      if (reference.indexOf('/') >= 0) {
        return flows.read(Path.of(reference));
      }
      return flows
          .find(reference)
          .orElseThrow(() -> new FlowException("there is no flow '" + reference + "'"));
    }

    private FlowWiring stage(TaskSnapshot order, Optional<Cap.OfGroup> group, FlowAnswers answers)
        throws IOException {
      var environment = new HashMap<>(caller.environment());
      environment.putAll(place().mark());
      environment.remove("ADW_RESULT"); // the flow reports, not each of its agents
      group.ifPresent(cap -> environment.put(BudgetedAgent.GROUP, cap.name()));
      var most = order.wishes().budget().orElse(project.settings().agent().maxUsd());
      var caps = new ArrayList<Cap>(List.of(new Cap.OfRun(id, most)));
      group.ifPresent(caps::add);
      var budgets = FlowWiring.budgets(project, caller, caps);
      var agents = new ProjectAgents(project, caller);
      return new FlowWiring(
          project,
          caller,
          caller.directory(),
          environment,
          new AgentCast(agents, budgets, order.wishes().agent(), true),
          answers,
          TagModels.of(project.settings(), order.tags()));
    }

    /// Somebody has acted: what waited for a login is tried again.
    private void endPauses() throws IOException {
      var agents = new ProjectAgents(project, caller);
      for (var preset : agents.presets().all()) {
        agents.pauses().end(preset.name());
      }
    }

    private FlowListener progress() {
      return FlowListener.of(event -> LiveGraph.line(event).ifPresent(console::note));
    }

    /// What placeholders `{args.…}` can name.
    private Json.Obj arguments(TaskSnapshot order) throws IOException {
      var environment = caller.environment();
      var prompt = new String(caller.in().readAllBytes(), StandardCharsets.UTF_8);
      var body = prompt.startsWith(order.text()) ? prompt.substring(order.text().length()) : prompt;
      var values =
          Map.of(
              "task", order.text(),
              "body", body.strip(),
              "tags", String.join(" ", order.tags()),
              "model", TagModels.of(project.settings(), order.tags()).asked().orElse(""),
              "agent", order.wishes().agent().orElse(""),
              "branch", environment.getOrDefault("ADW_BRANCH", ""),
              "base", environment.getOrDefault("ADW_BASE", ""),
              "worktree", caller.directory().toString(),
              "id", id,
              "slug", slug(order.text()));
      var args = Json.Obj.empty();
      for (var value : new java.util.TreeMap<>(values).entrySet()) {
        args = args.with(value.getKey(), value.getValue());
      }
      return args;
    }

    private static String slug(String text) {
      var words = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      var slug = words.replaceAll("^-+|-+$", "");
      var cut = slug.length() > LONGEST_SLUG ? slug.substring(0, LONGEST_SLUG) : slug;
      return cut.isEmpty() ? "task" : cut;
    }

    private void refuse(List<FlowFinding> findings, Path result) throws IOException {
      var wrong = findings.stream().filter(FlowFinding::isError).map(FlowFinding::text).toList();
      wrong.forEach(console::warn);
      write(result, Json.Obj.empty().with("outcome", "failed").with("message", wrong.getFirst()));
    }

    private ExitCode report(
        FlowOutcome ended, Optional<Flow> flow, FlowAnswers answers, Path result)
        throws IOException {
      return switch (ended.status()) {
        case COMPLETED -> {
          console.print(ended.finalOutput());
          write(result, said("done", ended.finalOutput()));
          yield flow.filter(known -> !known.rules().needsCommit()).isPresent()
              ? ExitCode.NOTHING_TO_DO
              : ExitCode.DONE;
        }
        case FAILED, BLOCKED -> {
          console.print(ended.finalOutput());
          write(result, said("failed", why(ended)));
          yield ExitCode.FAILED;
        }
        case PAUSED -> paused(ended, answers, result);
      };
    }

    /// The first thing that went wrong, in one line.
    private static String why(FlowOutcome ended) {
      var status = ended.status().name().toLowerCase(Locale.ROOT);
      return line(ended.why().orElseGet(() -> status + ": " + line(ended.finalOutput())));
    }

    private static String line(String text) {
      return text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    }

    private ExitCode paused(FlowOutcome ended, FlowAnswers answers, Path result)
        throws IOException {
      if (ended.waiting().isEmpty()) {
        return ExitCode.FAILED; // ended from outside
      }
      var first = ended.waiting().getFirst();
      answers.wait(first);
      var until = first.until().or(() -> approvalEnd(first));
      write(
          result,
          said("waiting", message(first))
              .with("for", first.what().word())
              .with("until", until.map(Object::toString)));
      console.note("waits for " + first.what().word() + ": " + first.message());
      return ExitCode.WAITING;
    }

    private static String message(FlowOutcome.Waiting first) {
      return first.what() == Stage.Wait.Why.APPROVAL
          ? "approve: " + first.message()
          : first.message();
    }

    private Optional<java.time.Instant> approvalEnd(FlowOutcome.Waiting first) {
      return first.what() == Stage.Wait.Why.APPROVAL
          ? project
              .settings()
              .loop()
              .limits()
              .approvalTimeout()
              .map(limit -> caller.clock().instant().plus(limit))
          : Optional.empty();
    }

    private static Json.Obj said(String outcome, String message) {
      var cut =
          message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
      return Json.Obj.empty().with("outcome", outcome).with("message", cut);
    }

    private static void write(Path file, Json.Obj report) throws IOException {
      DurableFiles.replace(file, report.write().getBytes(StandardCharsets.UTF_8));
    }
  }
}
