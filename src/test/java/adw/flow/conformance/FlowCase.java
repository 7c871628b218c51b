package adw.flow.conformance;

import adw.flow.definition.FlowException;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.JsonValues;
import adw.flow.definition.ModelChoice;
import adw.flow.definition.RoleFolders;
import adw.flow.run.Approver;
import adw.flow.run.FlowStop;
import adw.flow.run.FlowWorld;
import adw.flow.run.ResultCache;
import adw.json.Json;
import adw.json.JsonException;
import adw.run.ApprovalAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A flow in one file with all that its outcome depends on: arguments, files, saved flows, roles,
/// model roles, environment, what an approver says, and what is done step by step. It is played in
/// a folder of its own.
///
/// @param source `{flow, args, files, savedFlows, agents, settings, env, approve, detach,
///   abortAfterMs, action, runName, steps: [{action, flow, runName, args, files, runId}]}`
public record FlowCase(Json.Obj source) {
  /// What a case sets up before it is played.
  ///
  /// @param project where it works, with its saved flows in `adws`
  /// @param home with its roles in `agents`; also for records
  /// @param environment what it adds to that of programs
  /// @param approver where it says how everything is answered
  public record Setting(
      Path project,
      Path home,
      Map<String, String> environment,
      ModelChoice models,
      Optional<Approver> approver) {

    /// The world with flows, roles, models and results of the case alone.
    FlowWorld furnish(FlowWorld world) {
      var adws = project.resolve("adws");
      var roles = new RoleFolders.Folders(adws.resolve("agents"), home.resolve("agents"));
      var flows = new FlowFolders(adws, home.resolve("flows"));
      var cache = ResultCache.in(home.resolve("cache"), world.time().clock());
      var crew = world.crew();
      return new FlowWorld(
          new FlowWorld.Crew(crew.player(), approver.orElse(crew.approver()), roles, models),
          new FlowWorld.Shelf(flows, cache, world.shelf().revisions()),
          world.site(),
          world.time(),
          world.progress());
    }
  }

  /// Where cases are played.
  public interface Stage {
    /// Agents, clock and surroundings, working in the setting's project.
    FlowWorld world(Setting setting) throws IOException;

    /// What ends a run early.
    FlowStop stop();
  }

  /// A file that is no flow but holds one, or steps.
  public static Optional<FlowCase> find(String text) {
    try {
      return Json.parse(text) instanceof Json.Obj object && isCase(object)
          ? Optional.of(new FlowCase(object))
          : Optional.empty();
    } catch (JsonException _) {
      return Optional.empty(); // no JSON at all
    }
  }

  private static boolean isCase(Json.Obj object) {
    var isFlow =
        List.of("phases", "task", "tasks", "chain").stream()
            .anyMatch(key -> object.find(key).isPresent());
    return !isFlow && (object.find("flow").isPresent() || object.find("steps").isPresent());
  }

  public String name() {
    return source.findText("name").orElse("case");
  }

  /// Plays it in an empty folder and tells what came of it: `{status, finalOutput, phases, usage,
  /// calls, prompts}`, or `{isError, text}` where nothing ran; with steps, one such object each.
  public Json.Obj play(Path root, Stage stage) throws IOException, InterruptedException {
    var setting = setUp(root);
    var steps = new CaseSteps(this, setting, stage);
    var named = Json.Obj.empty().with("case", name());
    return source.find("steps").isEmpty()
        ? named.with(steps.play(source))
        : named.with("steps", new Json.Arr(steps.playAll(source.list("steps"))));
  }

  private Setting setUp(Path root) throws IOException {
    var project = Files.createDirectories(root.resolve("proj"));
    var home = Files.createDirectories(root.resolve("home"));
    write(source.findObject("files"), project, "");
    write(source.findObject("agents"), Files.createDirectories(home.resolve("agents")), ".md");
    write(
        source.findObject("savedFlows"), Files.createDirectories(project.resolve("adws")), ".json");
    return new Setting(project, home, environment(), models(), approver());
  }

  /// Text as it is, everything else as JSON.
  static void write(Optional<Json.Obj> files, Path folder, String ending) throws IOException {
    for (var file : files.orElse(Json.Obj.empty()).members().entrySet()) {
      var path = folder.resolve(file.getKey() + ending).normalize();
      if (!path.startsWith(folder)) {
        throw new FlowException("file '" + file.getKey() + "' lies outside the case's folder");
      }
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(
          path, file.getValue() instanceof Json.Str(var text) ? text : file.getValue().write());
    }
  }

  private Map<String, String> environment() {
    return texts(source.findObject("env"));
  }

  private static Map<String, String> texts(Optional<Json.Obj> object) {
    var texts = new HashMap<String, String>();
    object
        .orElse(Json.Obj.empty())
        .members()
        .forEach((key, value) -> texts.put(key, JsonValues.text(value)));
    return texts;
  }

  private ModelChoice models() {
    var settings = source.findObject("settings").orElse(Json.Obj.empty());
    var thinking =
        settings
            .findObject("subagents")
            .flatMap(agents -> agents.findText("globalThinking"))
            .or(() -> settings.findText("defaultThinkingLevel"));
    return new ModelChoice(texts(settings.findObject("modelRoles")), Optional.empty(), thinking);
  }

  /// A detached run has nobody to ask.
  private Optional<Approver> approver() {
    if (source.isTrue("detach")) {
      return Optional.of(Approver.nobody());
    }
    return source.findText("approve").map(FlowCase::approver);
  }

  /// A played person may edit without a word, a real one is asked again.
  private static Approver approver(String words) {
    var blank = new Approver.Answer.Given(new ApprovalAnswer.Edit(""), Optional.empty());
    return words.strip().equals("edit:") ? _ -> blank : Approver.always(words);
  }
}
