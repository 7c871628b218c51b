package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import adw.text.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what is wrong where a flow uses saved ones: they must be there and valid, down to the last
/// one, and are given what they declare. Each saved flow is looked at once.
final class SubFlowCheck {
  private final FlowFolders flows;
  private final Map<String, Optional<Wrong>> known = new HashMap<>();
  private final Map<String, Map<String, Flow.Argument>> declared = new HashMap<>();

  /// What is wrong with a saved flow, said where it is used.
  private record Wrong(Rule rule, String text, String cure) {}

  SubFlowCheck(FlowFolders flows) {
    this.flows = flows;
  }

  /// @param stack the flows that use this one, outermost first
  void check(Flow flow, List<String> stack, List<FlowFinding> findings) {
    var below = new ArrayList<>(stack);
    below.add(flow.name());
    for (var phase : flow.phases()) {
      if (phase instanceof Phase.SubFlow(var common, Phase.Body.Saved(var name), var with)
          && !name.isEmpty()) {
        checkGiven(name, common, with, findings);
        findWrong(name, below).ifPresent(wrong -> findings.add(finding(wrong, common)));
      }
    }
  }

  private static FlowFinding finding(Wrong wrong, Phase.Common common) {
    return FlowFinding.of(wrong.rule(), common.line(), wrong.text(), wrong.cure()).at(common.id());
  }

  /// What a saved flow is given against what it declares, where it declares anything.
  private void checkGiven(
      String name, Phase.Common common, Map<String, Json> with, List<FlowFinding> findings) {
    var given = with.keySet();
    var declares = declared(name);
    if (declares.isEmpty()) {
      return;
    }
    for (var one : given) {
      if (!declares.containsKey(one) && !FlowArguments.OF_TASKS.contains(one)) {
        findings.add(undeclared(name, one, common, declares.keySet()));
      }
    }
    declares.forEach((one, argument) -> {
      Optional.ofNullable(with.get(one))
          .filter(SubFlowCheck::isWritten)
          .flatMap(value -> FlowArguments.findWrong(one, argument, value))
          .ifPresent(wrong ->
              findings.add(
                  FlowFinding.of(
                          Rule.UNKNOWN_WORD,
                          common.line(),
                          "the flow '" + name + "' cannot be called so: " + wrong.what(),
                          wrong.cure())
                      .at(common.id())));
      if (argument.isRequired() && argument.byDefault().isEmpty() && !given.contains(one)) {
        findings.add(missing(name, one, common));
      }
    });
  }

  /// Not filled in when it runs.
  private static boolean isWritten(Json value) {
    return !(value instanceof Json.Str(var text)) || Template.of(text).references().isEmpty();
  }

  private static FlowFinding undeclared(
      String name, String given, Phase.Common common, Set<String> declares) {
    return FlowFinding.of(
            Rule.UNDECLARED_ARGUMENT,
            common.line(),
            "'with' gives '" + given + "', which the flow '" + name + "' does not declare",
            NearestName.hint(given, declares))
        .at(common.id());
  }

  private static FlowFinding missing(String name, String argument, Phase.Common common) {
    return FlowFinding.of(
            Rule.MISSING_ARGUMENT,
            common.line(),
            "the flow '" + name + "' requires '" + argument + "'",
            "give it in 'with'")
        .at(common.id());
  }

  private Map<String, Flow.Argument> declared(String name) {
    return declared.computeIfAbsent(
        name,
        one ->
            flows
                .find(one)
                .flatMap(CheckedFlow::flow)
                .map(Flow::args)
                .orElseGet(LinkedHashMap::new));
  }

  private Optional<Wrong> findWrong(String name, List<String> stack) {
    if (stack.contains(name)) {
      return Optional.of(
          recursion("the flow uses itself: " + String.join(" → ", stack) + " → " + name));
    }
    var found = known.get(name);
    if (found == null) {
      found = look(name, stack);
      known.put(name, found);
    }
    return found;
  }

  private static Wrong recursion(String text) {
    return new Wrong(Rule.RECURSION, text, "remove one of these uses");
  }

  private Optional<Wrong> look(String name, List<String> stack) {
    var saved = flows.find(name);
    if (saved.isEmpty()) {
      return Optional.of(
          new Wrong(
              Rule.SUBFLOW,
              "there is no saved flow '" + name + "'",
              NearestName.hint(name, flows.names())));
    }
    known.put(name, Optional.empty()); // while it is looked at
    var findings = new ArrayList<>(saved.get().findings());
    saved.get().flow().ifPresent(flow -> checkWhole(flow, stack, findings));
    return findings.stream()
        .filter(FlowFinding::isError)
        .findFirst()
        .map(first ->
            first.rule() == Rule.RECURSION
                ? recursion(first.what())
                : new Wrong(
                    Rule.SUBFLOW,
                    "the saved flow '" + name + "' is invalid: " + first.message(),
                    "correct it first"));
  }

  private void checkWhole(Flow flow, List<String> stack, List<FlowFinding> findings) {
    FlowChecker.checkGraph(flow, new PhaseGraph(flow.phases()), findings);
    if (!FlowFinding.anyStops(findings)) {
      check(flow, stack, findings);
    }
  }
}
