package adw.flow.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The short form of a flow, written out: `task` is one phase, `tasks` are side by side, `chain`
/// one after another. A chain wins over tasks, tasks over a task; empty ones are not there.
final class Shorthand {
  private static final List<String> KEPT =
      List.of(
          "$schema",
          "description",
          "version",
          "concurrency",
          "agentScope",
          "args",
          "budget",
          "strictInterpolation",
          "strict",
          "commit");

  private final JsonNode brief;

  private Shorthand(JsonNode node) {
    this.brief = node;
  }

  static JsonNode expand(JsonNode node) {
    var hasPhases = node.find("phases").map(JsonNode::isArray).orElse(false);
    return hasPhases || !node.isObject() ? node : new Shorthand(node).expand();
  }

  private JsonNode expand() {
    var chain = steps("chain");
    var tasks = steps("tasks");
    if (!chain.isEmpty()) {
      return flow("chain", chain(chain));
    }
    if (!tasks.isEmpty()) {
      return flow("parallel", List.of(parallel(tasks)));
    }
    return brief.find("task").filter(task -> task.asText().isPresent()).isPresent()
        ? flow("task", List.of(single()))
        : brief;
  }

  private List<JsonNode> steps(String key) {
    return brief.find(key).map(JsonNode::items).orElse(List.of());
  }

  private JsonNode flow(String name, List<JsonNode> phases) {
    var members = new LinkedHashMap<String, JsonNode>();
    members.put("name", brief.find("name").orElse(JsonNode.text(brief.line(), name)));
    KEPT.forEach(key -> brief.find(key).ifPresent(value -> members.put(key, value)));
    brief
        .members()
        .forEach((key, value) -> {
          if (!FlowLanguageKey.FLOW.containsKey(key) && !FlowLanguageKey.PHASE.containsKey(key)) {
            members.put(key, value);
          }
        });
    members.put("phases", JsonNode.list(brief.line(), phases));
    return JsonNode.object(brief.line(), members);
  }

  private JsonNode single() {
    var members = start(brief.line(), "main", "agent");
    brief
        .members()
        .forEach((key, value) -> {
          var isOfPhase = FlowLanguageKey.PHASE.containsKey(key) && !KEPT.contains(key);
          if (isOfPhase && !members.containsKey(key)) {
            members.put(key, value);
          }
        });
    members.put("final", JsonNode.flag(brief.line(), true));
    return JsonNode.object(brief.line(), members);
  }

  private List<JsonNode> chain(List<JsonNode> steps) {
    var phases = new ArrayList<JsonNode>();
    for (var i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var members = start(step.line(), "step" + (i + 1), "agent");
      step(step).forEach(members::putIfAbsent);
      if (i > 0) {
        members.put(
            "dependsOn",
            JsonNode.list(step.line(), List.of(JsonNode.text(step.line(), "step" + i))));
      }
      if (i == steps.size() - 1) {
        members.put("final", JsonNode.flag(step.line(), true));
      }
      phases.add(JsonNode.object(step.line(), members));
    }
    return phases;
  }

  private JsonNode parallel(List<JsonNode> steps) {
    var branches = new ArrayList<JsonNode>();
    var files = new LinkedHashSet<String>();
    var limit = Optional.<JsonNode>empty();
    for (var step : steps) {
      var members = step(step);
      contextOf(step).forEach(files::add);
      limit = larger(limit, step.find("contextLimit"));
      members.remove("context");
      members.remove("contextLimit");
      branches.add(JsonNode.object(step.line(), members));
    }
    contextOf(brief).forEach(files::add);
    var phase = start(brief.line(), "parallel", "parallel");
    phase.put("branches", JsonNode.list(brief.line(), branches));
    if (!files.isEmpty()) {
      phase.put(
          "context",
          JsonNode.list(
              brief.line(), files.stream().map(f -> JsonNode.text(brief.line(), f)).toList()));
    }
    larger(limit, brief.find("contextLimit")).ifPresent(value -> phase.put("contextLimit", value));
    phase.put("final", JsonNode.flag(brief.line(), true));
    return JsonNode.object(brief.line(), phase);
  }

  private static List<String> contextOf(JsonNode step) {
    return step.find("context")
        .map(list -> list.items().stream().flatMap(item -> item.asText().stream()).toList())
        .orElse(List.of());
  }

  private static Optional<JsonNode> larger(Optional<JsonNode> a, Optional<JsonNode> b) {
    return a.isEmpty()
            || (b.isPresent() && JsonValues.compare(b.get().value(), a.get().value()) > 0)
        ? b
        : a;
  }

  private static SequencedMap<String, JsonNode> start(int line, String id, String type) {
    var members = new LinkedHashMap<String, JsonNode>();
    members.put("id", JsonNode.text(line, id));
    members.put("type", JsonNode.text(line, type));
    return members;
  }

  /// A step is an object or just its task; a task that is no text is taken by its text.
  private static SequencedMap<String, JsonNode> step(JsonNode step) {
    var members = new LinkedHashMap<String, JsonNode>();
    if (step.isObject()) {
      members.putAll(step.members());
      step.find("task")
          .filter(task -> task.asText().isEmpty())
          .ifPresent(task ->
              members.put("task", JsonNode.text(task.line(), JsonValues.text(task.value()))));
    } else {
      members.put("task", JsonNode.text(step.line(), JsonValues.text(step.value())));
    }
    return members;
  }
}
