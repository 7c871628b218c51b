package adw.flow.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.definition.FlowFolders;
import adw.flow.definition.ModelChoice;
import adw.flow.definition.RoleFolders;
import adw.flow.run.Approver;
import adw.flow.run.FlowListener;
import adw.flow.run.FlowStop;
import adw.flow.run.FlowWorld;
import adw.flow.run.PhaseCaller;
import adw.flow.run.ResultCache;
import adw.flow.run.StubPlayer;
import adw.json.Json;
import adw.os.process.ProgramEnclosure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Plays conformance cases, and tells where an outcome differs from the one that was observed.
public final class ConformanceCases {
  private static final Pattern CASE = Pattern.compile("[A-Za-z0-9-]+\\.json");
  private static final Pattern DEVIATION = Pattern.compile("(?m)^\\| ([A-Za-z0-9-]+) \\|");
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

  private ConformanceCases() {}

  /// A case of a folder with what must come of it.
  ///
  /// @param expected what was observed elsewhere; our own outcome (`NAME.ours.json`) where
  ///   DEVIATIONS.md lists the case
  /// @param isDeviation listed in the folder's DEVIATIONS.md: something else comes of it here
  public record Observed(String name, Path file, Json.Obj expected, boolean isDeviation) {
    public Json.Obj theCase() throws IOException {
      return Json.parseObject(Files.readString(file));
    }
  }

  /// The folder of `-Dconformance=DIR`, else the one of this repository.
  public static Path folder() {
    var given = System.getProperty("conformance", "");
    return given.isEmpty() ? resource("flows") : Path.of(given).toAbsolutePath().normalize();
  }

  /// The agent that plays the cases as a program.
  public static Path stub() {
    return resource("stub-agent.mjs");
  }

  private static Path resource(String name) {
    try {
      var found =
          Objects.requireNonNull(ConformanceCases.class.getResource("/conformance/" + name));
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Never none. Left out is what only another folder's DEVIATIONS.md lists.
  public static List<Observed> cases() throws IOException {
    var deviations = new HashSet<>(deviations(folder().resolve("DEVIATIONS.md")));
    deviations.addAll(deviations());
    var cases = new ArrayList<Observed>();
    for (var name : names()) {
      var file = folder().resolve(name + ".json");
      var isDeviation = deviations.contains(name);
      var expected = isDeviation ? ours(name) : observed(name);
      if (!isDeviation || Files.exists(expected)) {
        var outcome = Json.parseObject(Files.readString(expected));
        cases.add(new Observed(name, file, outcome, isDeviation));
      }
    }
    assertThat(cases).as("cases in " + folder()).isNotEmpty();
    return cases;
  }

  private static List<String> names() throws IOException {
    try (var files = Files.list(folder())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> CASE.matcher(name).matches())
          .map(name -> name.replaceFirst("\\.json$", ""))
          .sorted()
          .toList();
    }
  }

  /// The outcome that was observed elsewhere.
  static Path observed(String name) {
    return folder().resolve(name + ".expected.json");
  }

  private static Path ours(String name) {
    return resource("flows").resolve(name + ".ours.json");
  }

  /// The cases that the repository's DEVIATIONS.md lists.
  static Set<String> deviations() throws IOException {
    return deviations(resource("flows").resolve("DEVIATIONS.md"));
  }

  private static Set<String> deviations(Path file) throws IOException {
    return Files.exists(file)
        ? DEVIATION
            .matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !name.equals("case") && !name.startsWith("---"))
            .collect(Collectors.toSet())
        : Set.of();
  }

  /// Where an outcome differs from the expected one.
  public static List<String> differences(Json.Obj expected, Json.Obj actual) {
    var differences = new ArrayList<String>();
    if (expected.find("steps").isEmpty()) {
      compare("", expected, actual, differences);
      return differences;
    }
    var steps = expected.list("steps");
    var outcomes = actual.list("steps");
    for (var i = 0; i < steps.size(); i++) {
      var outcome = i < outcomes.size() ? (Json.Obj) outcomes.get(i) : Json.Obj.empty();
      compare("step " + (i + 1) + ": ", (Json.Obj) steps.get(i), outcome, differences);
    }
    return differences;
  }

  /// What `adw flow run --json` printed, in the shape of an outcome.
  ///
  /// @param phases the flow's, in its order
  /// @param prompts of the calls that the agent got
  public static Json.Obj outcome(
      Json.Obj printed, boolean isError, List<String> phases, List<String> prompts) {
    return CaseSteps.told(printed, isError, phases)
        .with("calls", prompts.size())
        .with("prompts", Json.Arr.ofTexts(prompts.stream().sorted().toList()));
  }

  /// Plays the case with a stub in this process.
  static Json.Obj play(Json.Obj theCase, Path root) throws IOException, InterruptedException {
    var stub = new StubPlayer();
    return new FlowCase(theCase)
        .play(
            root,
            new FlowCase.Stage() {
              @Override
              public FlowWorld world(FlowCase.Setting setting) {
                return ConformanceCases.world(setting, stub);
              }

              @Override
              public FlowStop stop() {
                return new FlowStop();
              }
            });
  }

  private static FlowWorld world(FlowCase.Setting setting, PhaseCaller player) {
    var nowhere = setting.home();
    return new FlowWorld(
        new FlowWorld.Crew(
            player, Approver.nobody(), new RoleFolders.Folders(nowhere, nowhere), ModelChoice.NONE),
        new FlowWorld.Shelf(
            new FlowFolders(nowhere, nowhere), ResultCache.none(), _ -> Optional.empty()),
        new FlowWorld.Site(setting.project(), setting.environment(), ProgramEnclosure.open()),
        new FlowWorld.Time(InstantSource.system(), _ -> {}),
        FlowListener.silent());
  }

  private static void compare(
      String where, Json.Obj expected, Json.Obj actual, List<String> differences) {
    same(where + "calls", expected.find("calls"), actual.find("calls"), differences);
    same(where + "prompts", expected.find("prompts"), actual.find("prompts"), differences);
    if (expected.find("status").isEmpty()) {
      same(where + "isError", expected.find("isError"), actual.find("isError"), differences);
      return;
    }
    if (actual.find("status").isEmpty()) {
      differences.add(where + "nothing ran: " + actual.write());
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
    if (!expected.map(ConformanceCases::plain).equals(actual.map(ConformanceCases::plain))) {
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
      case Json.Num number -> number.doubleValue();
      case Json.Str(var text) -> text;
      case Json.Bool(var flag) -> flag;
      case Json.Null _ -> "null";
      case Json.Arr(var items) -> items.stream().map(ConformanceCases::plain).toList();
      case Json.Obj(var members) -> plain(members);
    };
  }

  private static Map<String, Object> plain(SequencedMap<String, Json> members) {
    var plain = new LinkedHashMap<String, Object>();
    members.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }
}
