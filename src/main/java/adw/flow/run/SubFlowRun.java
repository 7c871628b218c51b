package adw.flow.run;

import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowArguments;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.JsonValues;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.PhaseResult.Remarks;
import adw.flow.definition.Template;
import adw.json.Json;
import adw.spend.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A flow as a phase: a saved one, or one that an earlier phase has planned.
final class SubFlowRun {
  private static final int DEEPEST = 5;

  private final PhaseTurn turn;
  private final Phase.SubFlow phase;

  SubFlowRun(PhaseTurn turn, Phase.SubFlow phase) {
    this.turn = turn;
    this.phase = phase;
  }

  Optional<PhaseResult> perform() throws IOException, InterruptedException {
    return switch (phase.body()) {
      case Phase.Body.Saved(var name) -> saved(name);
      case Phase.Body.Generated(var template) -> {
        var text =
            template.value(turn.scope).map(JsonValues::text).orElseGet(() -> turn.fill(template));
        yield planned(GeneratedFlow.read(text, turn));
      }
      case Phase.Body.Inline(var definition) -> planned(GeneratedFlow.read(definition, turn));
    };
  }

  private Optional<PhaseResult> saved(String name) throws IOException, InterruptedException {
    var found = turn.world().shelf().flows().find(name);
    var flow = found.flatMap(CheckedFlow::flow);
    if (flow.isEmpty() || found.get().stops()) {
      var why =
          found.isEmpty()
              ? "saved flow not found: '" + name + "'"
              : "the saved flow '"
                  + name
                  + "' is invalid: "
                  + found.get().findings().getFirst().message();
      return failed(why);
    }
    var above = new ArrayList<>(turn.frame.place.stack());
    above.add(turn.frame.flow.name());
    if (above.contains(name)) {
      return failed("recursive sub-flow " + String.join(" -> ", above) + " -> " + name);
    }
    var place =
        new FlowPlace(
            turn.path,
            above,
            turn.frame.place.generatedDepth(),
            turn.frame.place.isGenerated(),
            isFresh());
    return run(name, flow.get(), place);
  }

  private boolean isFresh() {
    return turn.mode == PhaseTurn.Mode.FRESH || turn.frame.place.isFresh();
  }

  private Optional<PhaseResult> failed(String why) {
    return Optional.of(PhaseResult.failed("flow phase '" + turn.common.id() + "': " + why));
  }

  /// A plan that cannot be used costs nothing and stops nobody: the phase is done, without output.
  private Optional<PhaseResult> planned(GeneratedFlow.Plan plan)
      throws IOException, InterruptedException {
    if (turn.frame.place.generatedDepth() >= DEEPEST) {
      return misplanned("inline sub-flow nesting exceeded " + DEEPEST + " levels");
    }
    return switch (plan) {
      case GeneratedFlow.Unusable(var problem) -> misplanned(problem);
      case GeneratedFlow.Nothing() -> Optional.of(PhaseResult.done(""));
      case GeneratedFlow.Usable(var flow) -> usable(flow);
    };
  }

  private static Optional<PhaseResult> misplanned(String problem) {
    return Optional.of(PhaseResult.done("").with(new Detail.Misplanned(problem)));
  }

  private Optional<PhaseResult> usable(Flow flow) throws IOException, InterruptedException {
    var content = "\0" + new CacheKey().add(flow.origin().source().write()).text();
    if (turn.frame.place.stack().contains(content)) {
      return failed("recursive sub-flow: '" + flow.name() + "' contains itself");
    }
    var above = new ArrayList<>(turn.frame.place.stack());
    above.add(turn.frame.flow.name());
    above.add(content);
    var place =
        new FlowPlace(turn.path, above, turn.frame.place.generatedDepth() + 1, true, isFresh());
    var budget = FlowBudget.tighter(flow.rules().budget(), turn.frame.flow.rules().budget());
    return run(flow.name(), flow.withBudget(budget), place);
  }

  private Optional<PhaseResult> run(String name, Flow flow, FlowPlace place)
      throws IOException, InterruptedException {
    var arguments = FlowArguments.of(flow, with());
    if (!arguments.findings().isEmpty()) {
      var problems =
          arguments.findings().stream().map(FlowFinding::message).collect(Collectors.joining("; "));
      return place.isGenerated() && !(phase.body() instanceof Phase.Body.Saved)
          ? misplanned(problems)
          : failed(problems);
    }
    var hash = hash(flow, arguments.values());
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == PhaseTurn.Mode.EARLIER) {
      return earlier;
    }
    var spend = new FlowBudget(flow.rules().budget(), Optional.of(turn.frame.spend), Usage.NONE);
    var ended =
        new FlowRun(new FlowFrame(turn.session(), flow, place, spend), arguments.values()).run();
    return ended.status() == FlowOutcome.Status.PAUSED && !turn.isStopped()
        ? Optional.empty()
        : Optional.of(turn.keep(result(name, ended).withHash(hash)));
  }

  private Json.Obj with() {
    var values = new LinkedHashMap<String, Json>();
    phase
        .with()
        .forEach((key, value) ->
            values.put(
                key,
                value instanceof Json.Str(var text)
                    ? new Json.Str(turn.fill(Template.of(text)))
                    : value));
    return new Json.Obj(values);
  }

  private String hash(Flow flow, Json.Obj arguments) {
    var digest =
        new CacheKey()
            .add(turn.frame.flow.name())
            .add(turn.common.id())
            .add(flow.origin().source().write())
            .add(arguments.write());
    var fingerprint = turn.common.cache().fingerprint();
    return (fingerprint.isEmpty()
            ? digest
            : digest.add(new WorldFingerprint(turn.world(), turn::note).of(fingerprint)))
        .text();
  }

  private PhaseResult result(String name, FlowOutcome ended) {
    var good = ended.succeeded();
    if (ended.status() == FlowOutcome.Status.PAUSED) {
      turn.frame.aborted();
    }
    var result =
        good
            ? PhaseResult.done(ended.output()).withJson(turn.json(ended.output()))
            : PhaseResult.failed(
                ended.output(),
                "sub-flow '"
                    + name
                    + "' "
                    + ended.status().name().toLowerCase(java.util.Locale.ROOT));
    var cut =
        ended.status() == FlowOutcome.Status.BLOCKED
            && ended.phases().values().stream()
                .noneMatch(one -> one.block().isPresent() && !one.remarks().isCut());
    return result.with(ended.usage()).with(Remarks.NONE.cut(cut)).with(fanned(ended));
  }

  private static Detail fanned(FlowOutcome ended) {
    var results = List.copyOf(ended.phases().values());
    var ran =
        (int) results.stream().filter(one -> one.status() != PhaseResult.Status.SKIPPED).count();
    var failed =
        (int) results.stream().filter(one -> one.status() == PhaseResult.Status.FAILED).count();
    return new Detail.Fanned(ran, results.size(), failed);
  }
}
