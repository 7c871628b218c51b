package adw.flow;

import adw.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs one conformance case in a project of its own and tells where the outcome differs.
final class Conformance {
  private static final List<String> OF_PHASE =
      List.of(
          "status",
          "output",
          "json",
          "error",
          "gate",
          "approval",
          "loop",
          "tournament",
          "attempts",
          "defError",
          "warnings",
          "cacheHit");

  private final Json.Obj theCase;
  private final Path project;
  private final Path home;
  private final StubPlayer stub = new StubPlayer();
  private Optional<FlowRecord.Place> last = Optional.empty();

  Conformance(Json.Obj theCase, Path root) throws IOException {
    this.theCase = theCase;
    this.project = Files.createDirectories(root.resolve("proj"));
    this.home = Files.createDirectories(root.resolve("home"));
    write(theCase.findObject("files"), project, "");
    write(theCase.findObject("agents"), Files.createDirectories(home.resolve("agents")), ".md");
    write(
        theCase.findObject("savedFlows"),
        Files.createDirectories(project.resolve("adws")),
        ".json");
  }

  private static void write(Optional<Json.Obj> files, Path folder, String ending)
      throws IOException {
    for (var file : files.orElse(Json.Obj.empty()).members().entrySet()) {
      var path = folder.resolve(file.getKey() + ending);
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(
          path, file.getValue() instanceof Json.Str(var text) ? text : file.getValue().write());
    }
  }

  List<String> differences(Json.Obj expected) throws IOException {
    var differences = new ArrayList<String>();
    if (theCase.find("steps").isEmpty()) {
      compare("", expected, step(theCase), differences);
      return differences;
    }
    var steps = theCase.list("steps");
    for (var i = 0; i < steps.size(); i++) {
      var outcome = step((Json.Obj) steps.get(i));
      compare(
          "step " + (i + 1) + ": ", (Json.Obj) expected.list("steps").get(i), outcome, differences);
    }
    return differences;
  }

  /// What the step gave, in the form of the expected outcomes; `refused` where nothing ran.
  private Json.Obj step(Json.Obj step) throws IOException {
    write(step.findObject("files"), project, "");
    var engine = new Engine(world());
    var flow = step.find("flow").or(() -> theCase.find("flow")).orElse(new Json.Null());
    var outcome =
        switch (step.findText("action").orElse("run")) {
          case "resume" -> resume(engine, step);
          case "cache-clear" -> Json.Obj.empty().with("text", "cleared " + cache().clear());
          case "verify" -> verify(engine, flow);
          default -> run(engine, flow, step.find("args").or(() -> theCase.find("args")));
        };
    var prompts = stub.takePrompts();
    return outcome.with("prompts", Json.Arr.ofTexts(prompts)).with("calls", prompts.size());
  }

  private Json.Obj run(Engine engine, Json flow, Optional<Json> args) throws IOException {
    var prepared =
        engine.prepare(
            Flows.parse(flow instanceof Json.Str(var text) ? text : flow.write()), arguments(args));
    return switch (prepared) {
      case Engine.Prepared.Refused(var findings) -> refused(findings);
      case Engine.Prepared.Ready ready -> {
        var place = FlowRuns.in(home.resolve("runs")).create(ready.flow(), InstantSource.system());
        last = Optional.of(place);
        var stop = new Stop();
        theCase
            .findLong("abortAfterMs")
            .ifPresent(millis ->
                CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                    .execute(stop::request));
        yield engine.run(ready, place, stop).toJson(Optional.of(place.runId()));
      }
    };
  }

  private static Json.Obj refused(List<Finding> findings) {
    return Json.Obj.empty()
        .with("refused", Json.Arr.ofTexts(findings.stream().map(Finding::text).toList()));
  }

  private static Json.Obj arguments(Optional<Json> args) {
    return switch (args.orElse(Json.Obj.empty())) {
      case Json.Obj object -> object;
      case Json.Str(var text) ->
          Lenient.find(text).orElse(Json.Obj.empty()) instanceof Json.Obj object
              ? object
              : Json.Obj.empty();
      case Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ -> Json.Obj.empty();
    };
  }

  private Json.Obj resume(Engine engine, Json.Obj step) throws IOException {
    try {
      var place =
          step.findText("runId").isPresent()
              ? FlowRuns.in(home.resolve("runs")).find(step.text("runId"))
              : last.orElseThrow();
      return engine.resume(place, new Stop()).toJson(Optional.of(place.runId()));
    } catch (FlowException e) {
      return Json.Obj.empty()
          .with("refused", Json.Arr.ofTexts(List.of(String.valueOf(e.getMessage()))));
    }
  }

  private static Json.Obj verify(Engine engine, Json flow) throws IOException {
    return switch (engine.prepare(Flows.parse(flow.write()), Json.Obj.empty())) {
      case Engine.Prepared.Refused(var findings) ->
          Json.Obj.empty().with("text", "FAIL " + findings);
      case Engine.Prepared.Ready ready -> Json.Obj.empty().with("text", "ok " + ready.warnings());
    };
  }

  private Cache cache() {
    return Cache.in(home.resolve("cache"), InstantSource.system());
  }

  private World world() {
    var settings = theCase.findObject("settings").orElse(Json.Obj.empty());
    var roles = new HashMap<String, String>();
    settings
        .findObject("modelRoles")
        .orElse(Json.Obj.empty())
        .members()
        .forEach((role, model) -> roles.put(role, Values.text(model)));
    var thinking =
        settings
            .findObject("subagents")
            .flatMap(s -> s.findText("globalThinking"))
            .or(() -> settings.findText("defaultThinkingLevel"));
    var environment = new HashMap<String, String>();
    theCase
        .findObject("env")
        .orElse(Json.Obj.empty())
        .members()
        .forEach((key, value) -> environment.put(key, Values.text(value)));
    return new World(
        new World.Crew(
            stub,
            approver(),
            new Roles.Folders(project.resolve("adws/agents"), home.resolve("agents")),
            new Models(roles, Optional.empty(), thinking)),
        new World.Shelf(
            new Flows(project.resolve("adws"), home.resolve("flows")),
            cache(),
            _ -> Optional.empty()),
        new World.Site(project, environment),
        new World.Time(InstantSource.system(), _ -> {}),
        Progress.silent());
  }

  private Approver approver() {
    var answer = theCase.findText("approve");
    if (answer.isEmpty()) {
      return Approver.nobody();
    }
    var words = answer.get().split(":", 2);
    var note = words.length > 1 ? Optional.of(words[1]) : Optional.<String>empty();
    return _ ->
        switch (words[0]) {
          case "reject" -> new Approver.Answer.Rejected(note, Optional.empty());
          case "edit" -> new Approver.Answer.Edited(note.orElse(""), Optional.empty());
          default -> new Approver.Answer.Approved(note, Optional.empty());
        };
  }

  private static void compare(
      String where, Json.Obj expected, Json.Obj actual, List<String> differences) {
    same(where + "calls", expected.find("calls"), actual.find("calls"), differences);
    same(where + "prompts", expected.find("prompts"), actual.find("prompts"), differences);
    if (expected.find("status").isEmpty()) {
      var wasRefused = actual.find("refused").isPresent();
      if (expected.isTrue("isError") != wasRefused) {
        differences.add(
            where + "refused: expected " + expected.isTrue("isError") + ", was " + actual.write());
      }
      return;
    }
    if (actual.find("refused").isPresent()) {
      differences.add(where + "refused: " + actual.list("refused"));
      return;
    }
    same(where + "status", expected.find("status"), actual.find("status"), differences);
    same(
        where + "finalOutput",
        expected.find("finalOutput"),
        actual.find("finalOutput"),
        differences);
    for (var name : List.of("input", "output", "cost")) {
      same(
          where + "usage." + name,
          expected.findObject("usage").flatMap(u -> u.find(name)),
          actual.findObject("usage").flatMap(u -> u.find(name)),
          differences);
    }
    var phases = actual.findObject("phases").orElse(Json.Obj.empty());
    expected
        .findObject("phases")
        .orElse(Json.Obj.empty())
        .members()
        .forEach((id, phase) ->
            comparePhase(where + id + ".", (Json.Obj) phase, phases.findObject(id), differences));
  }

  private static void comparePhase(
      String where, Json.Obj expected, Optional<Json.Obj> found, List<String> differences) {
    var actual = found.orElse(Json.Obj.empty().with("status", "(absent)"));
    for (var name : OF_PHASE) {
      same(where + name, expected.find(name), actual.find(name), differences);
    }
    var usage = actual.findObject("usage").orElse(Json.Obj.empty());
    var tokens = usage.findLong("input").orElse(0L) + usage.findLong("output").orElse(0L);
    if (expected.findLong("tokens").filter(wanted -> wanted != tokens).isPresent()) {
      differences.add(
          where + "tokens: expected " + expected.findLong("tokens").get() + ", was " + tokens);
    }
  }

  private static void same(
      String where, Optional<Json> expected, Optional<Json> actual, List<String> differences) {
    if (!expected.map(Conformance::plain).equals(actual.map(Conformance::plain))) {
      differences.add(
          where
              + ": expected "
              + expected.map(Json::write).orElse("nothing")
              + ", was "
              + actual.map(Json::write).orElse("nothing"));
    }
  }

  /// Numbers by value, members by name.
  private static Object plain(Json value) {
    return switch (value) {
      case Json.Num(var number) -> number.doubleValue();
      case Json.Str(var text) -> text;
      case Json.Bool(var flag) -> flag;
      case Json.Null _ -> "null";
      case Json.Arr(var items) -> items.stream().map(Conformance::plain).toList();
      case Json.Obj(var members) -> plain(members);
    };
  }

  private static Map<String, Object> plain(SequencedMap<String, Json> members) {
    var plain = new LinkedHashMap<String, Object>();
    members.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }
}
