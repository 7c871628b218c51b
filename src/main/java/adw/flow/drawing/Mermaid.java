package adw.flow.drawing;

import adw.flow.definition.Flow;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseGraph;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PlaceholderUse;
import adw.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The graph as a Mermaid flowchart.
public final class Mermaid {
  private Mermaid() {}

  /// @param results colours the phases that have one
  public static List<String> of(Flow flow, Map<String, PhaseResult> results) {
    var graph = new PhaseGraph(flow.phases());
    var lines = new ArrayList<String>();
    lines.add("flowchart TD");
    for (var i = 0; i < graph.phases.size(); i++) {
      var phase = graph.phases.get(i);
      var label = escape(phase.id()) + "<br/>" + phase.common().type() + role(phase);
      lines.add("  p" + i + shape(phase, "\"" + label + "\""));
    }
    for (var i = 0; i < graph.phases.size(); i++) {
      edges(graph, i, lines);
    }
    for (var i = 0; i < graph.phases.size(); i++) {
      var result = results.get(graph.phases.get(i).id());
      if (result != null) {
        lines.add("  style p" + i + " fill:" + colour(result));
      }
    }
    return lines;
  }

  private static String role(Phase phase) {
    return PlaceholderUse.manner(phase)
        .flatMap(manner -> manner.player().agent())
        .map(name -> " · " + escape(name))
        .orElse("");
  }

  private static String shape(Phase phase, String label) {
    return switch (phase) {
      case Phase.Gate _ -> "{" + label + "}";
      case Phase.Approval _ -> "([" + label + "])";
      case Phase.Each _, Phase.Parallel _ -> "[[" + label + "]]";
      case Phase.SubFlow _ -> "[/" + label + "/]";
      case Phase.Loop _ -> "(" + label + ")";
      case Phase.Tournament _ -> "{{" + label + "}}";
      case Phase.Single _, Phase.Reduce _, Phase.Script _ -> "[" + label + "]";
    };
  }

  private static void edges(PhaseGraph graph, int place, List<String> lines) {
    var common = graph.phases.get(place).common();
    var condition = common.when().map(when -> "|\"" + escape(when.text()) + "\"|").orElse("");
    for (var on : graph.dependencies[place]) {
      lines.add(
          "  p" + on + (common.start().joinsAny() ? " -.->" : " -->") + condition + " p" + place);
    }
  }

  private static String colour(PhaseResult result) {
    return switch (result.status()) {
      case DONE -> result.block().isPresent() ? "#fde2c4" : "#d6f5d6";
      case FAILED -> "#f8d0d0";
      case SKIPPED -> "#e8e8e8";
    };
  }

  /// As Mermaid writes characters that mean something to it.
  private static String escape(String text) {
    var out = new StringBuilder();
    for (var c : PlainText.visibleLine(text, 80).toCharArray()) {
      out.append("\"<>&#|[]{}()`\\".indexOf(c) >= 0 ? "#" + (int) c + ";" : String.valueOf(c));
    }
    return out.toString();
  }
}
