package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.JsonInText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A `def` that stands in the flow as it is: what would be wrong with it at run time is known
/// before. The phase fails by itself and spends nothing, so this stops no other phase.
final class InlineFlowCheck {
  private final FlowChecker checker;
  private final Phase.SubFlow phase;

  InlineFlowCheck(FlowChecker checker, Phase.SubFlow phase) {
    this.checker = checker;
    this.phase = phase;
  }

  List<FlowFinding> findings() {
    return switch (phase.body()) {
      case Phase.Body.Saved _ -> List.of();
      case Phase.Body.Inline(var definition) -> findings(definition);
      case Phase.Body.Generated(var template) ->
          template.references().isEmpty() ? findings(template.text()) : List.of();
    };
  }

  private List<FlowFinding> findings(String text) {
    if (text.length() > PlanShape.LONGEST) {
      return List.of(wrong(0, PlanShape.tooLong(text)));
    }
    return JsonInText.find(text)
        .map(json -> findings(JsonNode.of(json)))
        .orElseGet(() -> List.of(wrong(0, "it is no JSON")));
  }

  private List<FlowFinding> findings(JsonNode written) {
    var shaped = PlanShape.shape(written, phase.common().id());
    if (shaped.isEmpty()) {
      return List.of(wrong(0, "it is no flow, no list of phases and no {\"phases\": […]}"));
    }
    if (shaped.get().find("phases").map(JsonNode::items).filter(List::isEmpty).isPresent()) {
      return List.of();
    }
    var read = FlowReader.of(shaped.get(), Optional.empty(), InlineFlowCheck::prompt);
    var findings = new ArrayList<>(checker.check(read));
    read.flow().ifPresent(flow -> confine(flow, findings));
    return findings.stream()
        .filter(FlowFinding::isError)
        .map(finding -> wrong(finding.line(), finding.message()))
        .toList();
  }

  /// Files with the prompts of a phase are looked for when it runs.
  private static FlowReader.Prompts.Text prompt(String file) {
    return ConfinedPath.leaves(file)
        ? new FlowReader.Prompts.Text(
            Optional.empty(), "the file lies outside the working directory")
        : new FlowReader.Prompts.Text(Optional.of("?"), "");
  }

  private static void confine(Flow flow, List<FlowFinding> findings) {
    PlanShape.limit(flow, findings);
    findings.addAll(Confinement.of(flow, new AsWritten()));
  }

  /// Links, and what placeholders become, are looked at when the phase runs.
  private static final class AsWritten implements Confinement.Place<RuntimeException> {
    @Override
    public boolean holds(String path) {
      return !ConfinedPath.leaves(path);
    }

    @Override
    public boolean holdsFile(String path) {
      return holds(path);
    }
  }

  private FlowFinding wrong(int line, String what) {
    var common = phase.common();
    return FlowFinding.of(
            Rule.PLAN, line > 0 ? line : common.line(), "its 'def' cannot be used: " + what, "")
        .at(common.id());
  }
}
