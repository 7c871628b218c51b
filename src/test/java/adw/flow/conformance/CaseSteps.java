package adw.flow.conformance;

import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowException;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.Phase;
import adw.flow.run.FlowEngine;
import adw.flow.run.FlowOutcome;
import adw.flow.run.FlowRecordPlace;
import adw.flow.run.FlowRuns;
import adw.flow.run.FlowStop;
import adw.flow.run.FlowWorld;
import adw.flow.run.PhaseCaller;
import adw.json.Json;
import adw.json.JsonInText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// The steps of a case, one after another in one project.
final class CaseSteps {
  private final FlowCase theCase;
  private final FlowCase.Setting setting;
  private final FlowCase.Stage stage;
  private final FlowRuns runs;
  private final ConcurrentLinkedQueue<String> prompts = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Runnable> onFirstCall = new AtomicReference<>(() -> {});
  private Optional<FlowRecordPlace> last = Optional.empty();

  CaseSteps(FlowCase theCase, FlowCase.Setting setting, FlowCase.Stage stage) {
    this.theCase = theCase;
    this.setting = setting;
    this.stage = stage;
    this.runs = FlowRuns.in(setting.home().resolve("runs"));
  }

  List<Json> playAll(List<Json> steps) throws IOException, InterruptedException {
    var outcomes = new ArrayList<Json>();
    for (var step : steps) {
      outcomes.add(play(step instanceof Json.Obj object ? object : Json.Obj.empty()));
    }
    return outcomes;
  }

  Json.Obj play(Json.Obj step) throws IOException, InterruptedException {
    FlowCase.write(step.findObject("files"), setting.project(), "");
    var world = world();
    prompts.clear();
    var outcome = outcome(step, world);
    var asked = prompts.stream().sorted().toList();
    return outcome.with("calls", asked.size()).with("prompts", Json.Arr.ofTexts(asked));
  }

  private FlowWorld world() throws IOException {
    var world = setting.furnish(stage.world(setting));
    var crew = world.crew();
    PhaseCaller listening =
        (ask, watch) -> {
          prompts.add(ask.prompt());
          onFirstCall.getAndSet(() -> {}).run();
          return crew.player().play(ask, watch);
        };
    return new FlowWorld(
        new FlowWorld.Crew(listening, crew.approver(), crew.roles(), crew.models()),
        world.shelf(),
        world.site(),
        world.time(),
        world.progress());
  }

  private Json.Obj outcome(Json.Obj step, FlowWorld world)
      throws IOException, InterruptedException {
    try {
      return switch (step.findText("action").orElse("run")) {
        case "run" -> run(step, new FlowEngine(world));
        case "resume" -> resume(step, new FlowEngine(world));
        case "verify" -> verify(step, world);
        case "save" -> save(step, world);
        case "cache-clear" -> said("Cleared " + world.shelf().cache().clear() + " cached results");
        case "list" -> said(String.join("\n", world.shelf().flows().names()));
        case "agents" -> said(String.join("\n", world.crew().roles().in("both").names()));
        case String other -> refused("there is no action '" + other + "'");
      };
    } catch (FlowException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static Json.Obj said(String text) {
    return Json.Obj.empty().with("isError", false).with("text", text);
  }

  private static Json.Obj refused(String text) {
    return Json.Obj.empty().with("isError", true).with("text", text);
  }

  private static Json.Obj refused(List<FlowFinding> findings) {
    return refused("Invalid flow:\n- " + texts(findings));
  }

  private static String texts(List<FlowFinding> findings) {
    return String.join("\n- ", findings.stream().map(FlowFinding::text).toList());
  }

  private Json.Obj run(Json.Obj step, FlowEngine engine) throws IOException {
    return switch (engine.prepare(read(step), arguments(step))) {
      case FlowEngine.Prepared.Refused(var findings) -> refused(findings);
      case FlowEngine.Prepared.Ready ready -> {
        var clock = java.time.InstantSource.system();
        var place = runs.create(ready.flow(), clock);
        last = Optional.of(place);
        yield told(engine.run(ready, place, stop()), ready.flow());
      }
    };
  }

  /// The step's flow: its own, the case's, or a saved one.
  private CheckedFlow read(Json.Obj step) {
    var saved = step.findText("runName").or(() -> theCase.source().findText("runName"));
    var own = step.find("flow");
    if (own.isEmpty() && saved.isPresent()) {
      return flows()
          .find(saved.get())
          .orElseThrow(() -> new FlowException("there is no flow '" + saved.get() + "'"));
    }
    return FlowFolders.parse(
        text(own.or(() -> theCase.source().find("flow")).orElse(new Json.Null())));
  }

  private FlowFolders flows() {
    return new FlowFolders(setting.project().resolve("adws"), setting.home().resolve("flows"));
  }

  private static String text(Json flow) {
    return flow instanceof Json.Str(var text) ? text : flow.write();
  }

  private Json.Obj arguments(Json.Obj step) {
    return switch (step.find("args")
        .or(() -> theCase.source().find("args"))
        .orElse(new Json.Null())) {
      case Json.Obj object -> object;
      case Json.Str(var text) ->
          JsonInText.find(text).orElse(Json.Obj.empty()) instanceof Json.Obj object
              ? object
              : Json.Obj.empty();
      case Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ -> Json.Obj.empty();
    };
  }

  /// Counted from the first call: how long a flow takes to get there is the machine's affair.
  private FlowStop stop() {
    var stop = stage.stop();
    theCase
        .source()
        .findLong("abortAfterMs")
        .ifPresent(millis -> onFirstCall.set(() -> later(millis, stop)));
    return stop;
  }

  private static void later(long millis, FlowStop stop) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(stop::request);
  }

  private Json.Obj resume(Json.Obj step, FlowEngine engine)
      throws IOException, InterruptedException {
    var place =
        step.findText("runId").isPresent()
            ? runs.find(step.text("runId"))
            : last.orElseThrow(() -> new FlowException("nothing has run that could go on"));
    var ended = engine.resume(place, stop());
    return told(ended, FlowRuns.read(place).flow().flow().orElseThrow());
  }

  private static Json.Obj told(FlowOutcome ended, Flow flow) {
    var ids = flow.phases().stream().map(Phase::id).toList();
    return told(ended.toJson(Optional.empty()), !ended.succeeded(), ids);
  }

  /// Phases that were never reached are told too, and each one's tokens.
  static Json.Obj told(Json.Obj ended, boolean isError, List<String> ids) {
    var known = ended.findObject("phases").orElse(Json.Obj.empty());
    var phases = new LinkedHashMap<String, Json>();
    for (var id : ids) {
      phases.put(id, known.findObject(id).map(CaseSteps::withTokens).orElse(absent()));
    }
    return Json.Obj.empty()
        .with("isError", isError)
        .with(ended)
        .with("phases", new Json.Obj(phases));
  }

  private static Json.Obj withTokens(Json.Obj phase) {
    var usage = phase.findObject("usage").orElse(Json.Obj.empty());
    return phase.with(
        "tokens", usage.findLong("input").orElse(0L) + usage.findLong("output").orElse(0L));
  }

  private static Json.Obj absent() {
    return Json.Obj.empty().with("status", "(absent)");
  }

  /// What the check has to say. What no run could do is an error; that the budget is too small is a
  /// finding about the flow, which was asked for.
  private Json.Obj verify(Json.Obj step, FlowWorld world) throws IOException {
    var findings = findings(read(step), world);
    return Json.Obj.empty()
        .with("isError", findings.stream().anyMatch(CaseSteps::isUnusable))
        .with("text", findings.isEmpty() ? "ok" : "- " + texts(findings))
        .with("verify", Json.Arr.ofTexts(findings.stream().map(CaseSteps::brief).toList()));
  }

  private static boolean isUnusable(FlowFinding finding) {
    return finding.stops() && finding.rule() != FlowFinding.Rule.BUDGET;
  }

  private static String brief(FlowFinding finding) {
    return (finding.isError() ? "error/" : "warning/")
        + finding.rule().word()
        + finding.phase().map(id -> " [" + id + "]").orElse("");
  }

  private static List<FlowFinding> findings(CheckedFlow read, FlowWorld world) throws IOException {
    var scope = read.flow().map(flow -> flow.rules().agentScope()).orElse("user");
    return new FlowChecker(world.shelf().flows(), world.crew().roles().in(scope).names())
        .check(read);
  }

  private Json.Obj save(Json.Obj step, FlowWorld world) throws IOException {
    var read = read(step);
    var findings = findings(read, world);
    if (FlowFinding.anyStops(findings)) {
      return refused(findings);
    }
    var flow = read.flow().orElseThrow();
    world.shelf().flows().save(flow.name(), flow.origin().source().writePretty());
    return said("Saved '" + flow.name() + "'");
  }
}
