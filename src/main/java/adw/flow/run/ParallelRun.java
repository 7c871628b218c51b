package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.Role;
import adw.json.Json;
import adw.json.JsonInText;
import adw.spend.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Many calls side by side: the branches of a parallel, the items of a map, the competitors of a
/// tournament.
final class ParallelRun {
  private static final int MOST_GENERATED_ITEMS = 200;

  /// One call to be made.
  record Item(Role role, String prompt) {}

  private final PhaseTurn turn;
  private final Phase.Manner manner;
  private final PhaseCalls calls;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

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

  List<Item> items(List<Phase.Branch> branches) {
    return branches.stream()
        .map(
            branch -> new Item(calls.role(branch.agent()), calls.prompt(branch.task(), turn.scope)))
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
                new Item(role, calls.prompt(each.task(), turn.scope.with(each.as(), value))))
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

  private Optional<PhaseResult> perform(List<Item> items) throws IOException, InterruptedException {
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

  String hash(List<Item> items) {
    var digest = turn.digest(manner);
    items.forEach(item -> digest.add(item.role().name()).add(item.prompt()));
    return digest.text();
  }

  /// One answer an item, null for those that the budget left out.
  List<@Nullable CallResult> run(List<Item> items) throws IOException {
    var answers = new AtomicReferenceArray<@Nullable CallResult>(items.size());
    var next = new AtomicInteger();
    var crash = new AtomicReference<@Nullable Exception>();
    var width =
        Math.min(
            items.size(), manner.limits().width().orElse(turn.frame.flow.rules().concurrency()));
    var ended = new CountDownLatch(width);
    for (var i = 0; i < width; i++) {
      turn.session()
          .stop()
          .start(() -> {
            try {
              work(items, answers, next);
            } catch (IOException | RuntimeException e) {
              crash.set(e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            } finally {
              ended.countDown();
            }
          });
    }
    awaitAll(ended);
    switch (crash.get()) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case null, default -> {}
    }
    var all = new ArrayList<@Nullable CallResult>();
    for (var i = 0; i < items.size(); i++) {
      all.add(answers.get(i));
    }
    return all;
  }

  /// The workers are interrupted by the same stop, so this ends soon after it.
  private static void awaitAll(CountDownLatch ended) {
    var interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(
      List<Item> items, AtomicReferenceArray<@Nullable CallResult> answers, AtomicInteger next)
      throws IOException, InterruptedException {
    for (var i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
      if (turn.overBudget().isEmpty() && !turn.isStopped()) {
        tell(items.size(), next.get());
        var called = one(i, items.get(i));
        answers.set(i, called);
        done.incrementAndGet();
        failed.addAndGet(called.isGood() ? 0 : 1);
        tell(items.size(), next.get());
      }
    }
  }

  private CallResult one(int place, Item item) throws IOException, InterruptedException {
    if (turn.common.cache().scope() != Phase.Caching.Scope.CROSS_RUN) {
      return calls.oneOf(String.valueOf(place), item.role(), item.prompt());
    }
    var hash = turn.digest(manner).add("item").add(item.role().name()).add(item.prompt()).text();
    var known = turn.world().shelf().cache().find(hash, turn.common.cache().ttl());
    if (known.isPresent()) {
      return new CallResult.Good(
          known.get().output().orElse(""), Usage.NONE, 1, known.get().remarks().model());
    }
    var called = calls.oneOf(String.valueOf(place), item.role(), item.prompt());
    if (called.isGood()) {
      turn.world().shelf().cache().put(hash, called.toPhaseResult());
    }
    return called;
  }

  private void tell(int total, int begun) {
    var ended = done.get();
    turn.session()
        .tell(
            new FlowListener.Event.Moved(
                turn.path,
                ended,
                Math.max(0, Math.min(begun, total) - ended),
                failed.get(),
                total));
  }

  private PhaseResult combine(List<Item> items, List<@Nullable CallResult> all) {
    var blocks = new ArrayList<String>();
    var errors = new ArrayList<String>();
    var good = new ArrayList<Json>();
    var ran = (int) all.stream().filter(called -> called != null).count();
    for (var i = 0; i < items.size(); i++) {
      var called = all.get(i);
      if (called != null) {
        var name = items.get(i).role().name();
        blocks.add(
            "### ["
                + (blocks.size() + 1)
                + "/"
                + ran
                + "] "
                + name
                + (called.isGood() ? "" : " (failed)")
                + "\n\n"
                + called.output());
        called.error().ifPresent(error -> errors.add(name + ": " + error));
        if (called.isGood() && turn.common.effect().wantsJson()) {
          good.add(parsedOrRaw(called.output()));
        }
      }
    }
    var left = items.size() - ran;
    if (left > 0 && turn.isStopped()) {
      turn.frame.aborted();
      errors.add(CallResult.ABORTED);
    }
    var hasFailed = !errors.isEmpty();
    if (left > 0 && !turn.isStopped()) {
      errors.add(left + " item(s) skipped: budget exceeded");
    }
    var output = String.join("\n\n---\n\n", blocks);
    var result = hasFailed ? PhaseResult.failed(output, "") : PhaseResult.done(output);
    return result
        .withError(errors.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", errors)))
        .withJson(
            turn.common.effect().wantsJson() || items.isEmpty()
                ? Optional.of(new Json.Arr(good))
                : Optional.empty())
        .with(usage(all))
        .with(remarks(all).cut(left > 0))
        .with(
            new Detail.Fanned(
                ran,
                items.size(),
                (int) all.stream().filter(c -> c != null && !c.isGood()).count()));
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
