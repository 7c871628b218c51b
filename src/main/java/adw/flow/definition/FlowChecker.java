package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import adw.text.NearestName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Finds everything wrong with a flow at once, before it spends a token.
public final class FlowChecker {
  private final SubFlowCheck savedUses;
  private final Set<String> roles;

  /// @param roles known names of roles; empty when nobody knows them
  public FlowChecker(FlowFolders flows, Set<String> roles) {
    this.savedUses = new SubFlowCheck(flows);
    this.roles = Set.copyOf(roles);
  }

  /// The findings of reading and checking, in the order of the lines.
  public List<FlowFinding> check(CheckedFlow read) {
    var findings = new ArrayList<>(read.findings());
    read.flow()
        .ifPresent(flow -> findings.addAll(check(flow, !FlowFinding.anyStops(read.findings()))));
    findings.sort(FlowChecker::inOrder);
    return List.copyOf(findings);
  }

  /// Errors first. Not by Comparator's own methods: their lambdas fit into no start-up cache.
  private static int inOrder(FlowFinding a, FlowFinding b) {
    return a.isError() == b.isError() ? Integer.compare(a.line(), b.line()) : a.isError() ? -1 : 1;
  }

  /// What is wrong with the graph alone: names, circles and references; the first of these that is
  /// stops the next.
  static void checkGraph(Flow flow, PhaseGraph graph, List<FlowFinding> findings) {
    checkNames(flow, graph, findings);
    if (!FlowFinding.anyStops(findings)) {
      graph.cycle().ifPresent(cycle -> findings.add(cycle(flow, graph, cycle)));
    }
    if (!FlowFinding.anyStops(findings)) {
      checkReferences(flow, graph, findings);
    }
  }

  private List<FlowFinding> check(Flow flow, boolean hasGoodShape) {
    var findings = new ArrayList<FlowFinding>();
    var graph = new PhaseGraph(flow.phases());
    checkNames(flow, graph, findings);
    if (findings.isEmpty()) {
      graph.cycle().ifPresent(cycle -> findings.add(cycle(flow, graph, cycle)));
    }
    if (findings.isEmpty() && hasGoodShape) {
      checkReferences(flow, graph, findings);
      findings.addAll(new FlowLint(flow, graph).findings());
    } else {
      checkTargets(flow, graph, findings);
    }
    savedUses.check(flow, List.of(), findings);
    checkArguments(flow, findings);
    findings.addAll(new WordingCheck(flow, graph).findings());
    flow.phases().forEach(phase -> checkRoles(phase, findings));
    if (hasGoodShape) {
      flow.phases().forEach(phase -> checkExpected(phase).ifPresent(findings::add));
    }
    for (var phase : flow.phases()) {
      if (phase instanceof Phase.SubFlow sub) {
        findings.addAll(new InlineFlowCheck(this, sub).findings());
      }
    }
    return flow.origin()
        .file()
        .map(file -> findings.stream().map(f -> f.in(file)).toList())
        .orElse(findings);
  }

  private static FlowFinding cycle(Flow flow, PhaseGraph graph, List<String> cycle) {
    var line = flow.phases().get(graph.find(cycle.getFirst()).orElseThrow()).common().line();
    var shown = cycle.size() > 20 ? cycle.subList(0, 20) : cycle;
    return FlowFinding.of(
            Rule.CYCLE,
            line,
            "the phases wait for each other: "
                + String.join(" → ", shown)
                + (shown.size() < cycle.size() ? " → …" : ""),
            "remove one of these dependencies")
        .at(cycle.getFirst());
  }

  /// Ids that are there twice, dependencies on nothing, more than one final phase.
  private static void checkNames(Flow flow, PhaseGraph graph, List<FlowFinding> findings) {
    var seen = new LinkedHashMap<String, Integer>();
    var finals = new ArrayList<Phase>();
    var written = written(flow);
    for (var phase : flow.phases()) {
      var common = phase.common();
      var first = seen.putIfAbsent(common.id(), common.line());
      if (first != null) {
        findings.add(
            FlowFinding.of(
                    Rule.SHAPE,
                    common.line(),
                    "the id is already taken" + (first > 0 ? " in line " + first : ""),
                    "give it another one")
                .at(common.id()));
      }
      if (common.effect().isFinal()) {
        finals.add(phase);
      }
      unknown(graph, written, phase, "dependsOn", findings);
      unknown(graph, written, phase, "from", findings);
    }
    if (finals.size() > 1) {
      var ids = finals.stream().map(Phase::id).toList();
      findings.add(
          FlowFinding.of(
                  Rule.SHAPE,
                  finals.getLast().common().line(),
                  "only one phase can be final, not " + String.join(", ", ids),
                  "keep one of them")
              .at(finals.getLast().id()));
    }
  }

  private static void unknown(
      PhaseGraph graph, Set<String> written, Phase phase, String key, List<FlowFinding> findings) {
    var names =
        key.equals("from") ? phase.common().start().from() : phase.common().start().dependsOn();
    for (var name : names) {
      if (graph.find(name).isEmpty() && !written.contains(name)) {
        findings.add(
            FlowFinding.of(
                    Rule.REFERENCE,
                    phase.common().line(),
                    "'" + key + "' names '" + name + "', which is no phase",
                    NearestName.hint(name, graph.places().keySet()))
                .at(phase.id()));
      }
    }
  }

  /// In a flow with other mistakes only what names nothing at all is certain: who waits for whom
  /// may be among the mistakes.
  private static void checkTargets(Flow flow, PhaseGraph graph, List<FlowFinding> findings) {
    var written = written(flow);
    for (var phase : flow.phases()) {
      PlaceholderUse.of(phase).stream()
          .filter(site -> site.reference().phase().filter(id -> !written.contains(id)).isPresent())
          .distinct()
          .forEach(site ->
              findings.add(absent(graph, phase, site, site.reference().phase().orElseThrow())));
    }
  }

  /// The ids of all phases, also of those that cannot be read.
  private static Set<String> written(Flow flow) {
    return flow.origin().source().list("phases").stream()
        .flatMap(one -> one instanceof Json.Obj phase ? phase.findText("id").stream() : null)
        .collect(Collectors.toSet());
  }

  /// `{args.x}` that nobody declares, in a flow that declares any: likely a misspelling. It is a
  /// warning, for whoever runs the flow may give it all the same.
  private static void checkArguments(Flow flow, List<FlowFinding> findings) {
    if (flow.args().isEmpty()) {
      return;
    }
    for (var phase : flow.phases()) {
      PlaceholderUse.of(phase).stream()
          .filter(site -> site.reference().argument().filter(isUndeclared(flow)).isPresent())
          .distinct()
          .forEach(site -> findings.add(undeclared(flow, phase, site)));
    }
  }

  private static Predicate<String> isUndeclared(Flow flow) {
    return name -> !flow.args().containsKey(name) && !FlowArguments.OF_TASKS.contains(name);
  }

  private static FlowFinding undeclared(Flow flow, Phase phase, PlaceholderUse.Site site) {
    var name = site.reference().argument().orElseThrow();
    return FlowFinding.of(
            Rule.UNDECLARED_ARGUMENT,
            phase.common().line(),
            "'" + site.key() + "' refers to {args." + name + "}, which the flow does not declare",
            NearestName.hint(name, flow.args().keySet()))
        .at(phase.id());
  }

  private static void checkReferences(Flow flow, PhaseGraph graph, List<FlowFinding> findings) {
    var ancestors = graph.ancestors();
    for (var i = 0; i < flow.phases().size(); i++) {
      var phase = flow.phases().get(i);
      var told = new HashSet<String>();
      for (var site : PlaceholderUse.of(phase)) {
        var wanted = site.reference().phase();
        if (wanted.isPresent() && told.add(site.key() + " " + wanted.get())) {
          checkReference(graph, ancestors.get(i), i, site, wanted.get()).ifPresent(findings::add);
        }
      }
    }
  }

  private static Optional<FlowFinding> checkReference(
      PhaseGraph graph, BitSet ancestors, int place, PlaceholderUse.Site site, String wanted) {
    var phase = graph.phases.get(place);
    var target = graph.find(wanted);
    var what = refers(site, wanted);
    var line = phase.common().line();
    if (target.isEmpty()) {
      return Optional.of(absent(graph, phase, site, wanted));
    }
    if (target.get() == place) {
      return phase instanceof Phase.Loop && site.key().equals("until")
          ? Optional.empty()
          : Optional.of(
              FlowFinding.of(
                      Rule.REFERENCE,
                      line,
                      what + "which is the phase itself",
                      "only 'until' of a loop may look at its own output")
                  .at(phase.id()));
    }
    return ancestors.get(target.get())
        ? Optional.empty()
        : Optional.of(
            FlowFinding.of(
                    Rule.REFERENCE,
                    line,
                    what + "but does not wait for '" + wanted + "'",
                    "add \"dependsOn\": [\"" + wanted + "\"]")
                .at(phase.id()));
  }

  private static FlowFinding absent(
      PhaseGraph graph, Phase phase, PlaceholderUse.Site site, String wanted) {
    // A map without a list fails by itself and spends nothing.
    var rule = site.key().equals("over") ? Rule.DANGLING_LIST : Rule.REFERENCE;
    return FlowFinding.of(
            rule,
            phase.common().line(),
            refers(site, wanted) + "but there is no phase '" + wanted + "'",
            NearestName.hint(wanted, graph.places().keySet()))
        .at(phase.id());
  }

  private static String refers(PlaceholderUse.Site site, String wanted) {
    return "'" + site.key() + "' refers to {steps." + wanted + "}, ";
  }

  private static Optional<FlowFinding> checkExpected(Phase phase) {
    return PlaceholderUse.manner(phase)
        .flatMap(Phase.Manner::expect)
        .flatMap(ExpectedJson::mistake)
        .map(mistake ->
            FlowFinding.of(
                    Rule.VALUE, phase.common().line(), "'expect' is no JSON Schema: " + mistake, "")
                .at(phase.id()));
  }

  private void checkRoles(Phase phase, List<FlowFinding> findings) {
    if (roles.isEmpty()) {
      return;
    }
    var named = new ArrayList<String>();
    PlaceholderUse.manner(phase).flatMap(manner -> manner.player().agent()).ifPresent(named::add);
    if (phase instanceof Phase.Parallel parallel) {
      parallel.branches().forEach(branch -> branch.agent().ifPresent(named::add));
    }
    if (phase instanceof Phase.Tournament tournament) {
      tournament.competitors().forEach(branch -> branch.agent().ifPresent(named::add));
      tournament.judgeAgent().ifPresent(named::add);
    }
    named.stream()
        .distinct()
        .filter(name -> !roles.contains(name))
        .forEach(name ->
            findings.add(
                FlowFinding.of(
                        Rule.UNKNOWN_ROLE,
                        phase.common().line(),
                        "there is no role '" + name + "', so the default one plays it",
                        NearestName.hint(name, roles))
                    .at(phase.id())));
  }
}
