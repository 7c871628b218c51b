package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds what a flow says and cannot mean: conditions that cannot be read, references without
/// braces, words that are none of those that are known. Where money would be spent on it, it is a
/// mistake; elsewhere it is worth a warning.
final class WordingCheck {
  private static final Pattern UNBRACED =
      Pattern.compile("(?<![\\w{./-])steps\\.([A-Za-z0-9-]+)\\.(?:output|json)\\b");

  private static final Set<String> THINKING =
      Set.of("off", "minimal", "low", "medium", "high", "xhigh", "max");

  private final Flow flow;
  private final PhaseGraph graph;
  private final Set<Integer> spending;
  private final List<FlowFinding> findings = new ArrayList<>();

  WordingCheck(Flow flow, PhaseGraph graph) {
    this.flow = flow;
    this.graph = graph;
    this.spending = graph.cycle().isEmpty() ? spending(graph) : Set.of();
  }

  /// The phases that call agents, and those on which such phases depend.
  private static Set<Integer> spending(PhaseGraph graph) {
    var all = new BitSet();
    var ancestors = graph.ancestors();
    for (var i = 0; i < graph.phases.size(); i++) {
      if (isPaid(graph.phases.get(i))) {
        all.set(i);
        all.or(ancestors.get(i));
      }
    }
    return all.stream().boxed().collect(Collectors.toSet());
  }

  private static boolean isPaid(Phase phase) {
    return switch (phase) {
      case Phase.Script _, Phase.Approval _ -> false;
      case Phase.Single _,
          Phase.Reduce _,
          Phase.Parallel _,
          Phase.Each _,
          Phase.Gate _,
          Phase.Loop _,
          Phase.Tournament _,
          Phase.SubFlow _ ->
          true;
    };
  }

  List<FlowFinding> findings() {
    for (var place = 0; place < graph.phases.size(); place++) {
      check(graph.phases.get(place), spending.contains(place));
    }
    return findings;
  }

  private void check(Phase phase, boolean spends) {
    phase.common().when().ifPresent(when -> check(phase, spends, "when", when, "it holds"));
    switch (phase) {
      case Phase.Loop loop -> check(phase, spends, "until", loop.until(), "it ends the loop");
      case Phase.Gate gate -> gate.checks().forEach(one -> check(phase, spends, one));
      case Phase.SubFlow sub -> sub.with().forEach((key, value) -> given(phase, key, value));
      case Phase.Each each when each.over() instanceof Phase.Over.Resolved(var list) ->
          unbraced(phase, list, "'over' is the text ");
      case Phase.Single _,
          Phase.Reduce _,
          Phase.Parallel _,
          Phase.Each _,
          Phase.Approval _,
          Phase.Tournament _,
          Phase.Script _ -> {}
    }
    prompts(phase).forEach(prompt -> unbraced(phase, prompt));
    thinking(phase);
  }

  private void check(Phase phase, boolean spends, Phase.Check check) {
    if (check instanceof Phase.Check.Holds(var condition)) {
      check(phase, spends, "eval", condition, "it holds");
    }
  }

  private void check(Phase phase, boolean spends, String key, Condition condition, String effect) {
    var rule =
        flow.rules().strict() ? Rule.STRICT : spends ? Rule.DOUBTFUL_CONDITION : Rule.CONDITION;
    condition
        .problem()
        .ifPresent(problem ->
            add(
                rule,
                phase,
                "'" + key + "' cannot be read (" + problem + "), so " + effect,
                "correct \"" + condition.text() + "\""));
    for (var word : condition.unbraced()) {
      add(
          rule,
          phase,
          "'" + key + "' has the text " + word + " where a value seems to be meant",
          "write {" + word + "}");
    }
    for (var comparison : condition.comparisons()) {
      values(comparison.reference())
          .filter(_ -> !JsonValues.text(comparison.value()).isEmpty())
          .filter(values -> !values.contains(JsonValues.text(comparison.value())))
          .ifPresent(values ->
              add(
                  rule,
                  phase,
                  "'"
                      + key
                      + "' compares "
                      + comparison.reference().raw()
                      + " with '"
                      + JsonValues.text(comparison.value())
                      + "', which it never is",
                  "it is one of " + String.join(", ", values)));
    }
  }

  /// What the reference can be, where that is declared: an enum among the arguments, or in what a
  /// phase is expected to answer.
  private Optional<List<String>> values(Template.Reference reference) {
    var path = reference.path();
    if (reference.argument().isPresent() && path.size() == 2) {
      return Optional.ofNullable(flow.args().get(path.get(1)))
          .filter(argument -> argument.type().equals("enum"))
          .map(Flow.Argument::values);
    }
    return reference.phase().isPresent() && path.size() > 2 && path.get(2).equals("json")
        ? graph
            .find(path.get(1))
            .map(graph.phases::get)
            .flatMap(PlaceholderUse::manner)
            .flatMap(Phase.Manner::expect)
            .flatMap(expect -> expect.values(path.subList(3, path.size())))
        : Optional.empty();
  }

  private void given(Phase phase, String key, Json value) {
    if (value instanceof Json.Str(var text)) {
      unbraced(phase, Template.of(text), "'with' gives '" + key + "' the text ");
    }
  }

  private static List<Template> prompts(Phase phase) {
    return switch (phase) {
      case Phase.Single single -> List.of(single.task());
      case Phase.Reduce reduce -> List.of(reduce.task());
      case Phase.Each each -> List.of(each.task());
      case Phase.Gate gate -> List.of(gate.task());
      case Phase.Loop loop -> List.of(loop.task());
      case Phase.Parallel parallel -> parallel.branches().stream().map(Phase.Branch::task).toList();
      case Phase.Tournament contest ->
          contest.competitors().stream().map(Phase.Branch::task).distinct().toList();
      case Phase.Approval _, Phase.SubFlow _, Phase.Script _ -> List.of();
    };
  }

  private void unbraced(Phase phase, Template prompt) {
    unbraced(phase, prompt, "'task' has the text ");
  }

  private void unbraced(Phase phase, Template template, String where) {
    UNBRACED
        .matcher(template.text())
        .results()
        .filter(found -> graph.find(found.group(1)).isPresent())
        .map(MatchResult::group)
        .distinct()
        .forEach(text ->
            add(
                Rule.UNBRACED,
                phase,
                where + text + " where the result of a phase seems to be meant",
                "write {" + text + "}"));
  }

  private void thinking(Phase phase) {
    PlaceholderUse.manner(phase)
        .flatMap(manner -> manner.player().thinking())
        .filter(level -> !THINKING.contains(level))
        .ifPresent(level ->
            add(
                Rule.UNKNOWN_WORD,
                phase,
                "'thinking' is '" + level + "'",
                "it must be one of off, minimal, low, medium, high, xhigh, max"));
  }

  private void add(Rule rule, Phase phase, String what, String cure) {
    findings.add(FlowFinding.of(rule, phase.common().line(), what, cure).at(phase.id()));
  }
}
