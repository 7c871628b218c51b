package adw.flow;

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

  private final Node brief;

  private Shorthand(Node node) {
    this.brief = node;
  }

  static Node expand(Node node) {
    var hasPhases = node.find("phases").map(Node::isArray).orElse(false);
    return hasPhases || !node.isObject() ? node : new Shorthand(node).expand();
  }

  private Node expand() {
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

  private List<Node> steps(String key) {
    return brief.find(key).map(Node::items).orElse(List.of());
  }

  private Node flow(String name, List<Node> phases) {
    var members = new LinkedHashMap<String, Node>();
    members.put("name", brief.find("name").orElse(Node.text(brief.line(), name)));
    KEPT.forEach(key -> brief.find(key).ifPresent(value -> members.put(key, value)));
    brief
        .members()
        .forEach((key, value) -> {
          if (!Field.FLOW.containsKey(key) && !Field.PHASE.containsKey(key)) {
            members.put(key, value);
          }
        });
    members.put("phases", Node.list(brief.line(), phases));
    return Node.object(brief.line(), members);
  }

  private Node single() {
    var members = start(brief.line(), "main", "agent");
    brief
        .members()
        .forEach((key, value) -> {
          var isOfPhase = Field.PHASE.containsKey(key) && !KEPT.contains(key);
          if (isOfPhase && !members.containsKey(key)) {
            members.put(key, value);
          }
        });
    members.put("final", Node.flag(brief.line(), true));
    return Node.object(brief.line(), members);
  }

  private List<Node> chain(List<Node> steps) {
    var phases = new ArrayList<Node>();
    for (var i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var members = start(step.line(), "step" + (i + 1), "agent");
      step(step).forEach(members::putIfAbsent);
      if (i > 0) {
        members.put(
            "dependsOn", Node.list(step.line(), List.of(Node.text(step.line(), "step" + i))));
      }
      if (i == steps.size() - 1) {
        members.put("final", Node.flag(step.line(), true));
      }
      phases.add(Node.object(step.line(), members));
    }
    return phases;
  }

  private Node parallel(List<Node> steps) {
    var branches = new ArrayList<Node>();
    var files = new LinkedHashSet<String>();
    var limit = Optional.<Node>empty();
    for (var step : steps) {
      var members = step(step);
      contextOf(step).forEach(files::add);
      limit = larger(limit, step.find("contextLimit"));
      members.remove("context");
      members.remove("contextLimit");
      branches.add(Node.object(step.line(), members));
    }
    contextOf(brief).forEach(files::add);
    var phase = start(brief.line(), "parallel", "parallel");
    phase.put("branches", Node.list(brief.line(), branches));
    if (!files.isEmpty()) {
      phase.put(
          "context",
          Node.list(brief.line(), files.stream().map(f -> Node.text(brief.line(), f)).toList()));
    }
    larger(limit, brief.find("contextLimit")).ifPresent(value -> phase.put("contextLimit", value));
    phase.put("final", Node.flag(brief.line(), true));
    return Node.object(brief.line(), phase);
  }

  private static List<String> contextOf(Node step) {
    return step.find("context")
        .map(list -> list.items().stream().flatMap(item -> item.asText().stream()).toList())
        .orElse(List.of());
  }

  private static Optional<Node> larger(Optional<Node> a, Optional<Node> b) {
    return a.isEmpty() || (b.isPresent() && Values.compare(b.get().value(), a.get().value()) > 0)
        ? b
        : a;
  }

  private static SequencedMap<String, Node> start(int line, String id, String type) {
    var members = new LinkedHashMap<String, Node>();
    members.put("id", Node.text(line, id));
    members.put("type", Node.text(line, type));
    return members;
  }

  /// A step is an object or just its task; a task that is no text is taken by its text.
  private static SequencedMap<String, Node> step(Node step) {
    var members = new LinkedHashMap<String, Node>();
    if (step.isObject()) {
      members.putAll(step.members());
      step.find("task")
          .filter(task -> task.asText().isEmpty())
          .ifPresent(
              task -> members.put("task", Node.text(task.line(), Values.text(task.value()))));
    } else {
      members.put("task", Node.text(step.line(), Values.text(step.value())));
    }
    return members;
  }
}
