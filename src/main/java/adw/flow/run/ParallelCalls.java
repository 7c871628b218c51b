package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.definition.Role;
import adw.spend.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Makes many calls of one phase side by side, so many at once as the phase or the flow allows.
final class ParallelCalls {
  /// One call to be made.
  record Item(Role role, String prompt) {}

  private final PhaseTurn turn;
  private final Phase.Manner manner;
  private final PhaseCalls calls;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  ParallelCalls(PhaseTurn turn, Phase.Manner manner, PhaseCalls calls) {
    this.turn = turn;
    this.manner = manner;
    this.calls = calls;
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
    rethrow(crash.get());
    var all = new ArrayList<@Nullable CallResult>();
    for (var i = 0; i < items.size(); i++) {
      all.add(answers.get(i));
    }
    return all;
  }

  private static void rethrow(@Nullable Exception crash) throws IOException {
    switch (crash) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case null, default -> {}
    }
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
}
