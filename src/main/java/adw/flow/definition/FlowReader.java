package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Turns a definition into a flow, as far as its shape allows, and tells what is wrong with it.
public final class FlowReader {
  private FlowReader() {}

  /// Where the prompts named by `taskFile` come from.
  public interface Prompts {
    /// The text of the file, or a finding-sized reason why not.
    Text read(String name);

    record Text(Optional<String> text, String problem) {}
  }

  public static final Prompts NO_FILES =
      _ -> new Prompts.Text(Optional.empty(), "a flow that is no file has no files beside it");

  static CheckedFlow of(String text, Optional<Path> file, Prompts prompts) {
    try {
      return of(JsonNode.parse(text), file, prompts);
    } catch (FlowException e) {
      var finding = FlowFinding.of(Rule.SYNTAX, e.line(), e.what(), "");
      return new CheckedFlow(Optional.empty(), List.of(file.map(finding::in).orElse(finding)));
    }
  }

  public static CheckedFlow of(JsonNode written, Optional<Path> file, Prompts prompts) {
    var findings = new ArrayList<FlowFinding>();
    var flow = new FlowShape(Shorthand.expand(written), file, prompts, findings).read();
    var placed = file.map(path -> findings.stream().map(f -> f.in(path)).toList()).orElse(findings);
    return new CheckedFlow(flow, List.copyOf(placed));
  }

  /// The flow's own keys.
  private record FlowShape(
      JsonNode node, Optional<Path> file, Prompts prompts, List<FlowFinding> findings) {

    Optional<Flow> read() {
      if (!(node.value() instanceof Json.Obj source)) {
        findings.add(
            FlowFinding.of(
                Rule.SHAPE, node.line(), "a flow must be an object, not " + node.kind(), ""));
        return Optional.empty();
      }
      var shape = new ObjectReader(node, FlowLanguageKey.FLOW, Optional.empty(), findings);
      shape.check("the flow");
      var name = shape.words("name");
      if (name.isEmpty()) {
        shape.add(Rule.SHAPE, "name", "the flow has no name", "add \"name\": \"…\"");
      }
      var phases = phases(shape);
      if (phases.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Flow(
              name.orElse("flow"),
              shape.text("description"),
              arguments(shape),
              rules(shape),
              phases,
              new Flow.Origin(source, file)));
    }

    private Flow.Rules rules(ObjectReader shape) {
      return new Flow.Rules(
          (int) shape.number("concurrency", 1, 10_000).orElse(Flow.CONCURRENCY),
          budget(shape),
          shape.word("agentScope", "user"),
          shape.flag("strictInterpolation", false),
          shape.flag("strict", false),
          !shape.word("commit", "required").equals("optional"));
    }

    private List<Phase> phases(ObjectReader shape) {
      var nodes = shape.find("phases").map(JsonNode::items).orElse(List.of());
      if (nodes.isEmpty()) {
        shape.add(
            Rule.SHAPE,
            "phases",
            "the flow has no phases",
            "add \"phases\": [{\"id\": …, \"task\": …}]");
      }
      if (nodes.size() > Flow.MOST_PHASES) {
        shape.add(
            Rule.SIZE,
            "phases",
            nodes.size() + " phases",
            "a flow may have at most " + Flow.MOST_PHASES);
        return List.of();
      }
      var phases = new ArrayList<Phase>();
      for (var one : nodes) {
        PhaseReader.read(one, prompts, findings).ifPresent(phases::add);
      }
      return phases;
    }

    private Optional<Flow.Budget> budget(ObjectReader shape) {
      return shape
          .find("budget")
          .filter(JsonNode::isObject)
          .map(one -> {
            var inner = shape.inner(one, FlowLanguageKey.BUDGET);
            inner.check("the budget");
            var usd = inner.number("maxUSD", 0, Double.MAX_VALUE);
            var tokens = inner.number("maxTokens", 0, Double.MAX_VALUE);
            return new Flow.Budget(
                usd.isPresent() ? Optional.of(usd.getAsDouble()) : Optional.empty(),
                tokens.isPresent() ? Optional.of((long) tokens.getAsDouble()) : Optional.empty(),
                one.line());
          });
    }

    private SequencedMap<String, Flow.Argument> arguments(ObjectReader shape) {
      var arguments = new LinkedHashMap<String, Flow.Argument>();
      shape
          .find("args")
          .filter(JsonNode::isObject)
          .ifPresent(all ->
              all.members()
                  .forEach((name, one) -> {
                    if (one.isObject()) {
                      arguments.put(
                          name, argument(name, shape.inner(one, FlowLanguageKey.ARGUMENT)));
                    } else {
                      shape.add(
                          Rule.TYPE,
                          one.line(),
                          "argument '" + name + "' must be an object, not " + one.kind(),
                          "write {\"default\": …}");
                    }
                  }));
      return arguments;
    }

    private static Flow.Argument argument(String name, ObjectReader shape) {
      shape.check("argument '" + name + "'");
      var values = shape.texts("values");
      var type = shape.word("type", values.isEmpty() ? "string" : "enum");
      if (type.equals("enum") && values.isEmpty()) {
        shape.add(
            Rule.VALUE,
            "type",
            "argument '" + name + "' is an enum without values",
            "add \"values\": […]");
      }
      var declared = shape.find("type").isPresent() || !values.isEmpty();
      return new Flow.Argument(
          declared ? type : "any",
          shape.find("default").map(JsonNode::value),
          shape.flag("required", false),
          values,
          shape.text("description"));
    }
  }
}
