package adw.flow;

import adw.flow.Result.Detail;
import adw.flow.Result.Remarks;
import adw.run.Json;
import adw.run.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A flow as a phase: a saved one, or one that an earlier phase has planned.
final class Nested {
  private static final int DEEPEST = 5;

  private final Turn turn;
  private final Phase.SubFlow phase;

  Nested(Turn turn, Phase.SubFlow phase) {
    this.turn = turn;
    this.phase = phase;
  }

  Optional<Result> perform() throws IOException, InterruptedException {
    return switch (phase.body()) {
      case Phase.Body.Saved(var name) -> saved(name);
      case Phase.Body.Generated(var template) -> {
        var text =
            template.value(turn.scope).map(Values::text).orElseGet(() -> turn.fill(template));
        yield planned(GeneratedFlow.read(text, turn));
      }
      case Phase.Body.Inline(var definition) -> planned(GeneratedFlow.read(definition, turn));
    };
  }

  private Optional<Result> saved(String name) throws IOException, InterruptedException {
    var found = turn.world().shelf().flows().find(name);
    var flow = found.flatMap(Checked::flow);
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
    var above = new ArrayList<>(turn.play.place.stack());
    above.add(turn.play.flow.name());
    if (above.contains(name)) {
      return failed("recursive sub-flow " + String.join(" -> ", above) + " -> " + name);
    }
    var place =
        new Play.Place(
            turn.path,
            above,
            turn.play.place.generatedDepth(),
            turn.play.place.isGenerated(),
            isFresh());
    return run(name, flow.get(), place);
  }

  private boolean isFresh() {
    return turn.mode == Turn.Mode.FRESH || turn.play.place.isFresh();
  }

  private Optional<Result> failed(String why) {
    return Optional.of(Result.failed("flow phase '" + turn.common.id() + "': " + why));
  }

  /// A plan that cannot be used costs nothing and stops nobody: the phase is done, without output.
  private Optional<Result> planned(GeneratedFlow.Plan plan)
      throws IOException, InterruptedException {
    if (turn.play.place.generatedDepth() >= DEEPEST) {
      return misplanned("inline sub-flow nesting exceeded " + DEEPEST + " levels");
    }
    return switch (plan) {
      case GeneratedFlow.Unusable(var problem) -> misplanned(problem);
      case GeneratedFlow.Nothing() -> Optional.of(Result.done(""));
      case GeneratedFlow.Usable(var flow) -> usable(flow);
    };
  }

  private static Optional<Result> misplanned(String problem) {
    return Optional.of(Result.done("").with(new Detail.Misplanned(problem)));
  }

  private Optional<Result> usable(Flow flow) throws IOException, InterruptedException {
    var content = "\0" + new Digest().add(flow.source().write()).text();
    if (turn.play.place.stack().contains(content)) {
      return failed("recursive sub-flow: '" + flow.name() + "' contains itself");
    }
    var above = new ArrayList<>(turn.play.place.stack());
    above.add(turn.play.flow.name());
    above.add(content);
    var place =
        new Play.Place(turn.path, above, turn.play.place.generatedDepth() + 1, true, isFresh());
    var budget = Spend.tighter(flow.budget(), turn.play.flow.budget());
    return run(flow.name(), flow.withBudget(budget), place);
  }

  private Optional<Result> run(String name, Flow flow, Play.Place place)
      throws IOException, InterruptedException {
    var arguments = Arguments.of(flow, with());
    if (!arguments.findings().isEmpty()) {
      var problems =
          arguments.findings().stream().map(Finding::message).collect(Collectors.joining("; "));
      return place.isGenerated() && !(phase.body() instanceof Phase.Body.Saved)
          ? misplanned(problems)
          : failed(problems);
    }
    var hash = hash(flow, arguments.values());
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == Turn.Mode.EARLIER) {
      return earlier;
    }
    var spend = new Spend(flow.budget(), Optional.of(turn.play.spend), Usage.NONE);
    var ended = new Play(turn.session(), flow, arguments.values(), place, spend).run();
    return ended.status() == Ended.Status.PAUSED && !turn.isStopped()
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
        new Digest()
            .add(turn.play.flow.name())
            .add(turn.common.id())
            .add(flow.source().write())
            .add(arguments.write());
    var fingerprint = turn.common.cache().fingerprint();
    return (fingerprint.isEmpty()
            ? digest
            : digest.add(new Fingerprint(turn.world(), turn::note).of(fingerprint)))
        .text();
  }

  private Result result(String name, Ended ended) {
    var good = ended.succeeded();
    if (ended.status() == Ended.Status.PAUSED) {
      turn.play.aborted();
    }
    var result =
        good
            ? Result.done(ended.output()).withJson(turn.json(ended.output()))
            : Result.failed(
                ended.output(),
                "sub-flow '"
                    + name
                    + "' "
                    + ended.status().name().toLowerCase(java.util.Locale.ROOT));
    var cut =
        ended.status() == Ended.Status.BLOCKED
            && ended.phases().values().stream()
                .noneMatch(one -> one.block().isPresent() && !one.remarks().isCut());
    return result.with(ended.usage()).with(Remarks.NONE.cut(cut)).with(fanned(ended));
  }

  private static Detail fanned(Ended ended) {
    var results = List.copyOf(ended.phases().values());
    var ran = (int) results.stream().filter(one -> one.status() != Result.Status.SKIPPED).count();
    var failed = (int) results.stream().filter(one -> one.status() == Result.Status.FAILED).count();
    return new Detail.Fanned(ran, results.size(), failed);
  }
}
