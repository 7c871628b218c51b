package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a flow that an agent writes may look like, and how large it may be.
public final class PlanShape {
  public static final int LONGEST = 1_000_000;
  private static final int MOST_PHASES = 100;
  private static final int WIDEST = 16;

  private PlanShape() {}

  public static String tooLong(String text) {
    return "the plan has " + text.length() + " characters, at most " + LONGEST + " are read";
  }

  /// A flow, the list of its phases, or an object around that list.
  public static Optional<JsonNode> shape(JsonNode written, String id) {
    var name = JsonNode.text(written.line(), id + "-inline");
    if (written.isArray()) {
      var members = new LinkedHashMap<String, JsonNode>();
      members.put("name", name);
      members.put("phases", written);
      return Optional.of(JsonNode.object(written.line(), members));
    }
    if (written.find("phases").filter(JsonNode::isArray).isEmpty()) {
      return Optional.empty();
    }
    var members = new LinkedHashMap<>(written.members());
    if (written.find("name").flatMap(JsonNode::asText).filter(text -> !text.isEmpty()).isEmpty()) {
      members.put("name", name);
    }
    return Optional.of(JsonNode.object(written.line(), members));
  }

  /// How large it may be.
  public static void limit(Flow flow, List<FlowFinding> findings) {
    if (flow.phases().size() > MOST_PHASES) {
      findings.add(
          FlowFinding.of(
              Rule.SIZE,
              0,
              flow.phases().size() + " phases",
              "a generated flow may have at most " + MOST_PHASES));
    }
    if (flow.rules().concurrency() > WIDEST) {
      findings.add(
          FlowFinding.of(
              Rule.SIZE,
              0,
              "'concurrency' is " + flow.rules().concurrency(),
              "a generated flow may have at most " + WIDEST));
    }
    for (var phase : flow.phases()) {
      var width =
          PlaceholderUse.manner(phase)
              .map(manner -> manner.limits().width())
              .orElse(OptionalInt.empty());
      if (width.orElse(1) > WIDEST) {
        findings.add(
            FlowFinding.of(
                    Rule.SIZE,
                    0,
                    "'concurrency' is " + width.getAsInt(),
                    "a generated flow may have at most " + WIDEST)
                .at(phase.id()));
      }
    }
  }
}
