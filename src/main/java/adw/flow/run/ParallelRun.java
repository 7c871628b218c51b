package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.json.Json;
import adw.json.JsonInText;
import adw.spend.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Many calls side by side: the branches of a parallel, the items of a map, the competitors of a
/// tournament.
final class ParallelRun {
  private static final int MOST_GENERATED_ITEMS = 200;

  private final PhaseTurn turn;
  private final Phase.Manner manner;
  private final PhaseCalls calls;

  ParallelRun(PhaseTurn turn, Phase.Manner manner) throws IOException {
    this.turn = turn;
    this.manner = manner;
    this.calls = new PhaseCalls(turn, manner);
  }

  PhaseCalls calls() {
    return calls;
  }

  Optional<PhaseResult> perform(Phase.Parallel parallel) throws IOException, InterruptedException {
    return perform(items(parallel.branches()));
  }

  List<ParallelCalls.Item> items(List<Phase.Branch> branches) {
    return branches.stream()
        .map(branch ->
            new ParallelCalls.Item(
                calls.role(branch.agent()), calls.prompt(branch.task(), turn.scope)))
        .toList();
  }

  Optional<PhaseResult> perform(Phase.Each each) throws IOException, InterruptedException {
    var values = values(each.over());
    if (values.isEmpty()) {
      return Optional.of(
          PhaseResult.failed(
              "map phase '"
                  + turn.common.id()
                  + "': 'over' ("
                  + written(each.over())
                  + ") did not resolve to an array"));
    }
    var list = values.get();
    if (turn.frame.place.isGenerated() && list.size() > MOST_GENERATED_ITEMS) {
      turn.warn(
          "map fan-out truncated to "
              + MOST_GENERATED_ITEMS
              + " items inside a generated sub-flow");
      list = list.subList(0, MOST_GENERATED_ITEMS);
    }
    var role = calls.role(Optional.empty());
    return perform(
        list.stream()
            .map(value ->
                new ParallelCalls.Item(
                    role, calls.prompt(each.task(), turn.scope.with(each.as(), value))))
            .toList());
  }

  private Optional<List<Json>> values(Phase.Over over) {
    return switch (over) {
      case Phase.Over.Written(var items) -> Optional.of(items);
      case Phase.Over.Resolved(var template) ->
          template
              .value(turn.scope)
              .or(() -> Optional.of(new Json.Str(turn.fill(template))))
              .flatMap(JsonInText::items);
    };
  }

  private static String written(Phase.Over over) {
    return switch (over) {
      case Phase.Over.Written _ -> "a list";
      case Phase.Over.Resolved(var template) -> template.text();
    };
  }

  private Optional<PhaseResult> perform(List<ParallelCalls.Item> items)
      throws IOException, InterruptedException {
    var hash = hash(items);
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == PhaseTurn.Mode.EARLIER) {
      return earlier;
    }
    var all = run(items);
    return all.stream().anyMatch(called -> called != null && called.isOpen())
        ? Optional.empty()
        : Optional.of(turn.keep(combine(items, all).withHash(hash)));
  }

  List<@Nullable CallResult> run(List<ParallelCalls.Item> items) throws IOException {
    return new ParallelCalls(turn, manner, calls).run(items);
  }

  String hash(List<ParallelCalls.Item> items) {
    var digest = turn.digest(manner);
    items.forEach(item -> digest.add(item.role().name()).add(item.prompt()));
    return digest.text();
  }

  private PhaseResult combine(List<ParallelCalls.Item> items, List<@Nullable CallResult> all) {
    var ran = (int) all.stream().filter(Objects::nonNull).count();
    var left = items.size() - ran;
    var errors = errors(items, all);
    if (left > 0 && turn.isStopped()) {
      turn.frame.aborted();
      errors.add(CallResult.ABORTED);
    }
    var output = output(items, all, ran);
    var result = errors.isEmpty() ? PhaseResult.done(output) : PhaseResult.failed(output, "");
    if (left > 0 && !turn.isStopped()) {
      errors.add(left + " item(s) skipped: budget exceeded");
    }
    var failed = (int) all.stream().filter(one -> one != null && !one.isGood()).count();
    return result
        .withError(errors.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", errors)))
        .withJson(json(all))
        .with(usage(all))
        .with(remarks(all).cut(left > 0))
        .with(new Detail.Fanned(ran, items.size(), failed));
  }

  private static List<String> errors(
      List<ParallelCalls.Item> items, List<@Nullable CallResult> all) {
    var errors = new ArrayList<String>();
    for (var i = 0; i < items.size(); i++) {
      var name = items.get(i).role().name();
      var called = all.get(i);
      if (called != null) {
        called.error().ifPresent(error -> errors.add(name + ": " + error));
      }
    }
    return errors;
  }

  private static String output(
      List<ParallelCalls.Item> items, List<@Nullable CallResult> all, int ran) {
    var blocks = new ArrayList<String>();
    for (var i = 0; i < items.size(); i++) {
      var called = all.get(i);
      if (called != null) {
        blocks.add(
            "### [%d/%d] %s%s\n\n"
                    .formatted(
                        blocks.size() + 1,
                        ran,
                        items.get(i).role().name(),
                        called.isGood() ? "" : " (failed)")
                + called.output());
      }
    }
    return String.join("\n\n---\n\n", blocks);
  }

  private Optional<Json> json(List<@Nullable CallResult> all) {
    if (!turn.common.effect().wantsJson()) {
      return all.isEmpty() ? Optional.of(new Json.Arr(List.of())) : Optional.empty();
    }
    return Optional.of(
        new Json.Arr(
            all.stream()
                .filter(called -> called != null && called.isGood())
                .map(called -> parsedOrRaw(called.output()))
                .toList()));
  }

  /// The parsed output, or the output itself where it is no JSON.
  private static Json parsedOrRaw(String output) {
    return JsonInText.find(output).orElse(new Json.Str(output));
  }

  static Usage usage(List<@Nullable CallResult> all) {
    return all.stream()
        .filter(called -> called != null)
        .map(CallResult::usage)
        .reduce(Usage.NONE, Usage::plus);
  }

  /// Attempts are told when there were more of them than items.
  private static PhaseResult.Remarks remarks(List<@Nullable CallResult> all) {
    var attempts = all.stream().mapToInt(called -> called == null ? 0 : called.attempts()).sum();
    var models =
        all.stream()
            .filter(c -> c != null)
            .flatMap(called -> called.model().stream())
            .distinct()
            .collect(Collectors.toList());
    var remarks = PhaseResult.Remarks.NONE.withModel(models.stream().findFirst());
    return attempts > all.size() ? remarks.withAttempts(attempts) : remarks;
  }
}
