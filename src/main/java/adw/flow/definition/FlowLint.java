package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// What a sound graph can still have that its author hardly wants: dead ends, islands, a gate that
/// everything must pass, budgets that cannot be enough.
final class FlowLint {
  private static final double LEAST_USD_A_CALL = 0.000_001;
  private static final double USUAL_USD_A_CALL = 0.001;

  private final Flow flow;
  private final PhaseGraph graph;
  private final List<FlowFinding> findings = new ArrayList<>();

  FlowLint(Flow flow, PhaseGraph graph) {
    this.flow = flow;
    this.graph = graph;
  }

  List<FlowFinding> findings() {
    deadEnds();
    islands();
    gates();
    budget();
    width();
    guards();
    return findings;
  }

  private void add(Rule rule, int place, String what, String cure) {
    var phase = graph.phases.get(place);
    findings.add(FlowFinding.of(rule, phase.common().line(), what, cure).at(phase.id()));
  }

  private void deadEnds() {
    var result = graph.find(flow.result().id()).orElseThrow();
    for (var i = 0; i < graph.phases.size(); i++) {
      if (i != result && graph.dependents[i].length == 0 && !decides(i)) {
        add(
            Rule.DEAD_END,
            i,
            "nobody uses its output",
            "mark it final or let a later phase depend on it");
      }
    }
  }

  /// Phases with dependencies that are not part of the largest connected piece.
  private void islands() {
    var piece = new int[graph.phases.size()];
    java.util.Arrays.fill(piece, -1);
    var sizes = new ArrayList<Integer>();
    for (var i = 0; i < piece.length; i++) {
      if (piece[i] < 0) {
        sizes.add(paint(i, sizes.size(), piece));
      }
    }
    var largest = sizes.indexOf(sizes.stream().max(Integer::compare).orElse(0));
    for (var i = 0; i < piece.length; i++) {
      if (piece[i] != largest && graph.dependencies[i].length + graph.dependents[i].length > 0) {
        add(
            Rule.UNREACHABLE,
            i,
            "it is not connected with the rest of the graph",
            "add a dependency or remove it");
      }
    }
  }

  private int paint(int start, int colour, int[] piece) {
    var open = new ArrayDeque<Integer>(List.of(start));
    piece[start] = colour;
    var size = 0;
    for (var next = open.poll(); next != null; next = open.poll()) {
      size++;
      for (var neighbours : List.of(graph.dependencies[next], graph.dependents[next])) {
        for (var neighbour : neighbours) {
          if (piece[neighbour] < 0) {
            piece[neighbour] = colour;
            open.add(neighbour);
          }
        }
      }
    }
    return size;
  }

  /// A gate that every way to the marked final phase passes. Ways are counted with random weights,
  /// so that equal sums mean equal sets.
  private void gates() {
    var last = graph.phases.stream().filter(phase -> phase.common().effect().isFinal()).findFirst();
    if (last.isEmpty()) {
      return;
    }
    var goal = graph.find(last.get().id()).orElseThrow();
    var random = new SplittableRandom(7);
    var order = byLayer();
    var before = new long[order.length];
    for (var i : order) {
      for (var on : graph.dependencies[i]) {
        before[i] += before[on] * weight(on, i);
      }
      before[i] = graph.dependencies[i].length == 0 ? random.nextLong() | 1 : before[i];
    }
    var after = new long[order.length];
    after[goal] = 1;
    for (var k = order.length - 1; k >= 0; k--) {
      for (var on : graph.dependencies[order[k]]) {
        after[on] += after[order[k]] * weight(on, order[k]);
      }
    }
    for (var i = 0; i < order.length; i++) {
      if (decides(i) && i != goal && before[i] * after[i] == before[goal] && after[i] != 0) {
        add(
            Rule.GATE_EXHAUSTION,
            i,
            "every way to the final phase '" + last.get().id() + "' passes here",
            "a block leaves no result; add another way unless that is meant");
      }
    }
  }

  /// Its effect is to let the flow go on or not, whoever uses its output.
  private boolean decides(int place) {
    return graph.phases.get(place) instanceof Phase.Gate
        || graph.phases.get(place) instanceof Phase.Approval;
  }

  private static long weight(int from, int to) {
    return new SplittableRandom(from * 1_000_003L + to).nextLong() | 1;
  }

  private int[] byLayer() {
    return java.util.stream.IntStream.range(0, graph.phases.size())
        .boxed()
        .sorted((a, b) -> Integer.compare(graph.layer[a], graph.layer[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void budget() {
    flow.rules().budget().ifPresent(this::budget);
  }

  private void budget(Flow.Budget budget) {
    budget.maxTokens().ifPresent(cap -> budget(cap + " tokens", cap, 1, 1, budget.line()));
    budget
        .maxUsd()
        .ifPresent(cap ->
            budget(
                "$" + JsonValues.number(cap),
                cap,
                LEAST_USD_A_CALL,
                USUAL_USD_A_CALL,
                budget.line()));
  }

  /// @param least what a call costs at least
  /// @param usual what it costs mostly
  private void budget(String words, double cap, double least, double usual, int line) {
    if (cap > 0 && cap < leastCalls() * least) {
      add(Rule.BUDGET, line, "a budget of " + words + " cannot pay for " + calls(leastCalls()));
    } else if (cap < usualCalls() * usual) {
      add(
          Rule.BUDGET_OVERFLOW,
          line,
          "a budget of " + words + " is little for " + calls(usualCalls()));
    }
  }

  private static String calls(int number) {
    return number == 1 ? "1 call" : number + " calls";
  }

  private void add(Rule rule, int line, String what) {
    findings.add(FlowFinding.of(rule, line, what, "raise it or remove phases"));
  }

  /// Calls that no condition, failure or empty list can avoid.
  private int leastCalls() {
    var certain = new boolean[graph.phases.size()];
    var calls = 0;
    for (var i : byLayer()) {
      certain[i] = isCertain(i, certain);
      calls += certain[i] ? leastCalls(graph.phases.get(i)) : 0;
    }
    return calls;
  }

  private boolean isCertain(int place, boolean[] certain) {
    var common = graph.phases.get(place).common();
    var sure = java.util.Arrays.stream(graph.dependencies[place]).filter(on -> certain[on]).count();
    var needed =
        common.start().joinsAny()
            ? Math.min(1, graph.dependencies[place].length)
            : graph.dependencies[place].length;
    return common.when().isEmpty()
        && common.cache().scope() != Phase.Caching.Scope.CROSS_RUN
        && sure >= needed;
  }

  private static int leastCalls(Phase phase) {
    return switch (phase) {
      case Phase.Single _, Phase.Reduce _, Phase.Loop _ -> 1;
      case Phase.Gate gate -> gate.checks().isEmpty() ? 1 : 0;
      case Phase.Parallel parallel -> parallel.branches().size();
      case Phase.Tournament tournament -> tournament.competitors().size();
      case Phase.Each _, Phase.Approval _, Phase.SubFlow _, Phase.Script _ -> 0;
    };
  }

  private int usualCalls() {
    return graph.phases.stream()
        .mapToInt(phase ->
            switch (phase) {
              case Phase.Single _, Phase.Reduce _, Phase.Gate _, Phase.Each _, Phase.SubFlow _ -> 1;
              case Phase.Loop loop -> Math.min(10, loop.most());
              case Phase.Tournament tournament -> Math.min(10, tournament.competitors().size() + 1);
              case Phase.Parallel parallel -> parallel.branches().size();
              case Phase.Approval _, Phase.Script _ -> 0;
            })
        .sum();
  }

  private void width() {
    for (var i = 0; i < graph.phases.size(); i++) {
      if (graph.phases.get(i) instanceof Phase.Parallel(_, var manner, var branches)
          && branches.size() > flow.rules().concurrency()
          && manner.limits().width().isEmpty()) {
        add(
            Rule.CONCURRENCY,
            i,
            branches.size() + " branches, of which " + flow.rules().concurrency() + " run at once",
            "set 'concurrency' if more should");
      }
    }
  }

  /// Two phases that wait for the same and look at the same, one for equal, one for unequal.
  private void guards() {
    var groups = new HashMap<String, List<Integer>>();
    for (var i = 0; i < graph.phases.size(); i++) {
      var common = graph.phases.get(i).common();
      if (common.when().isPresent() && !common.when().get().references().isEmpty()) {
        var references =
            common.when().get().references().stream()
                .map(Template.Reference::raw)
                .sorted()
                .distinct()
                .collect(Collectors.joining(" "));
        var key =
            common.dependencies().stream().sorted().collect(Collectors.joining("\0"))
                + "\n"
                + references;
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
      }
    }
    groups.values().forEach(this::guard);
  }

  private void guard(List<Integer> group) {
    var equal = group.stream().filter(i -> compares(i, "==")).findFirst();
    var unequal = group.stream().filter(i -> compares(i, "!=")).findFirst();
    if (equal.isPresent() && unequal.isPresent() && !equal.equals(unequal)) {
      add(
          Rule.GUARD_CONTRADICTION,
          unequal.get(),
          "its condition is the opposite of that of '"
              + graph.phases.get(equal.get()).id()
              + "', one of the two is always skipped",
          "check that this is meant");
    }
  }

  private boolean compares(int place, String operator) {
    var when = graph.phases.get(place).common().when();
    return when.filter(condition -> condition.compares(operator)).isPresent();
  }
}
