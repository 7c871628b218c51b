package adw.flow.run;

import adw.flow.definition.PhaseGraph;
import adw.flow.definition.PhaseResult;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Starts each phase as soon as its own dependencies allow, in the order of layer and definition,
/// at most so many at once.
///
/// That a phase cannot run is decided in the order of the layers, when everything before its layer
/// has settled. So the reason that is told does not depend on who was quicker.
final class PhaseScheduler {
  /// The flow whose phases are run.
  interface Work {
    /// Performs a phase; empty when it stays open: it waits for a person, or has no earlier result
    /// and only such may be used.
    Optional<PhaseResult> perform(int place, boolean onlyEarlier)
        throws IOException, InterruptedException;

    /// Why nothing more may start.
    Optional<String> halt();

    /// Earlier results may still be used after a halt.
    boolean hasEarlier();

    boolean isStopped();

    void start(Runnable work);

    /// Whoever waits for the end was interrupted.
    void stop();

    void settled(int place, PhaseResult result);

    /// Skipped, since nothing more may start.
    void leftOut(int place, PhaseResult result);
  }

  private final PhaseGraph graph;
  private final Work work;
  private final int width;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final @Nullable PhaseResult[] results;
  private final int[] open;
  private final boolean[] isTaken;
  private final PriorityQueue<Integer> ready;
  private final List<List<Integer>> doomed = new ArrayList<>();
  private final Deque<Integer> skippable = new ArrayDeque<>();
  private final int[] left;
  private int frontier;
  private int running;
  private @Nullable Exception crash;

  PhaseScheduler(PhaseGraph graph, Work work, int width) {
    this.graph = graph;
    this.work = work;
    this.width = width;
    var n = graph.phases.size();
    results = new PhaseResult[n];
    open = new int[n];
    isTaken = new boolean[n];
    left = new int[graph.layers];
    ready = new PriorityQueue<>(this::inOrder);
    for (var i = 0; i < graph.layers; i++) {
      doomed.add(new ArrayList<>());
    }
    for (var i = 0; i < n; i++) {
      open[i] = graph.dependencies[i].length;
      left[graph.layer[i]]++;
      if (open[i] == 0) {
        take(i);
      }
    }
  }

  /// By layer, then as they are written.
  private int inOrder(int a, int b) {
    return graph.layer[a] == graph.layer[b]
        ? Integer.compare(a, b)
        : Integer.compare(graph.layer[a], graph.layer[b]);
  }

  private void take(int place) {
    isTaken[place] = true;
    ready.add(place);
  }

  /// Returns when nothing runs and nothing more can.
  void run() throws IOException {
    lock.lock();
    try {
      pump();
      awaitAll();
      if (crash == null && !work.isStopped()) {
        work.halt().ifPresent(this::skipTheRest);
      }
      rethrow();
    } finally {
      lock.unlock();
    }
  }

  private void awaitAll() {
    while (running > 0) {
      try {
        moved.await();
      } catch (InterruptedException e) {
        work.stop();
      }
    }
  }

  private void rethrow() throws IOException {
    switch (crash) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case null, default -> {}
    }
  }

  /// Phases that are ready together are admitted together, however quick the first of them is.
  private void pump() {
    var halted = work.halt().isPresent();
    if (halted && !work.hasEarlier()) {
      return;
    }
    while (running < width && !ready.isEmpty() && crash == null && !work.isStopped()) {
      var place = ready.remove();
      running++;
      work.start(() -> perform(place, halted));
    }
  }

  private void perform(int place, boolean onlyEarlier) {
    var result = Optional.<PhaseResult>empty();
    Exception problem = new IllegalStateException("the thread of a phase died");
    try {
      result = work.perform(place, onlyEarlier);
      problem = null;
    } catch (ClosedByInterruptException e) {
      problem = work.isStopped() ? null : e;
    } catch (IOException | RuntimeException e) {
      problem = e;
    } catch (InterruptedException e) {
      // Only a stop interrupts: the phase stays open.
      problem = null;
    } finally {
      finish(place, result, problem);
    }
  }

  private void finish(int place, Optional<PhaseResult> result, @Nullable Exception problem) {
    lock.lock();
    try {
      running--;
      if (problem != null) {
        crash = problem;
      } else if (result.isPresent()) {
        settle(place, result.get());
        advance();
      }
      pump();
      if (running == 0) {
        moved.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void settle(int place, PhaseResult result) {
    results[place] = result;
    left[graph.layer[place]]--;
    work.settled(place, result);
    for (var dependent : graph.dependents[place]) {
      open[dependent]--;
      if (!isTaken[dependent]) {
        consider(dependent, result.isDone());
      }
    }
  }

  private void consider(int place, boolean lastIsDone) {
    var joinsAny = graph.phases.get(place).common().start().joinsAny();
    if ((joinsAny && lastIsDone) || (open[place] == 0 && isSatisfied(place, joinsAny))) {
      take(place);
    } else if (open[place] == 0) {
      isTaken[place] = true;
      if (graph.layer[place] <= frontier) {
        skippable.add(place);
      } else {
        doomed.get(graph.layer[place]).add(place);
      }
    }
  }

  private boolean isSatisfied(int place, boolean joinsAny) {
    for (var on : graph.dependencies[place]) {
      var result = results[on];
      var isGood =
          result != null
              && (result.isDone()
                  || (result.status() == PhaseResult.Status.FAILED
                      && graph.phases.get(on).common().effect().isOptional()));
      if (isGood == joinsAny) {
        return joinsAny;
      }
    }
    return !joinsAny;
  }

  /// Skips what cannot run any more, layer after layer.
  private void advance() {
    while (!work.isStopped() && work.halt().isEmpty()) {
      var place = skippable.poll();
      if (place != null) {
        settle(place, PhaseResult.skipped(unmet(place)));
      } else if (frontier < graph.layers - 1 && left[frontier] == 0) {
        frontier++;
        skippable.addAll(doomed.get(frontier));
      } else {
        return;
      }
    }
  }

  private String unmet(int place) {
    return graph.phases.get(place).common().start().joinsAny()
        ? "All dependencies failed or were skipped"
        : "Upstream dependency not satisfied";
  }

  private void skipTheRest(String reason) {
    for (var i = 0; i < results.length; i++) {
      if (results[i] == null) {
        results[i] = PhaseResult.skipped(reason);
        work.leftOut(i, PhaseResult.skipped(reason));
      }
    }
  }

  Optional<PhaseResult> find(int place) {
    lock.lock();
    try {
      return Optional.ofNullable(results[place]);
    } finally {
      lock.unlock();
    }
  }

  /// For a phase that a gate sent back.
  void replace(int place, PhaseResult result) {
    lock.lock();
    try {
      results[place] = result;
    } finally {
      lock.unlock();
    }
  }
}
