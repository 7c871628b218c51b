package adw.flow.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who waits for whom, by the phases' places in the definition. Names that are no phase are left
/// out.
public final class PhaseGraph {
  public final List<Phase> phases;
  public final int[][] dependencies;
  public final int[][] dependents;

  /// 0 for a phase that waits for nobody, else one more than the latest it waits for.
  public final int[] layer;

  public final int layers;
  private final Map<String, Integer> places = new HashMap<>();
  private final Optional<List<String>> cycle;

  public PhaseGraph(List<Phase> phases) {
    this.phases = phases;
    var n = phases.size();
    for (var i = 0; i < n; i++) {
      places.putIfAbsent(phases.get(i).id(), i);
    }
    dependencies = new int[n][];
    var counts = new int[n];
    for (var i = 0; i < n; i++) {
      dependencies[i] =
          phases.get(i).common().dependencies().stream()
              .map(places::get)
              .filter(java.util.Objects::nonNull)
              .mapToInt(Integer::intValue)
              .toArray();
      for (var on : dependencies[i]) {
        counts[on]++;
      }
    }
    dependents = invert(counts);
    layer = new int[n];
    var order = sort();
    cycle = order.size() == n ? Optional.empty() : Optional.of(findCycle(order));
    var last = -1;
    for (var i : order) {
      last = Math.max(last, layer[i]);
    }
    layers = last + 1;
  }

  private int[][] invert(int[] counts) {
    var inverted = new int[counts.length][];
    for (var i = 0; i < counts.length; i++) {
      inverted[i] = new int[counts[i]];
    }
    var filled = new int[counts.length];
    for (var i = 0; i < counts.length; i++) {
      for (var on : dependencies[i]) {
        inverted[on][filled[on]++] = i;
      }
    }
    return inverted;
  }

  private List<Integer> sort() {
    var open = new int[phases.size()];
    var ready = new ArrayDeque<Integer>();
    for (var i = 0; i < open.length; i++) {
      open[i] = dependencies[i].length;
      if (open[i] == 0) {
        ready.add(i);
      }
    }
    var order = new ArrayList<Integer>();
    for (var next = ready.poll(); next != null; next = ready.poll()) {
      order.add(next);
      for (var dependent : dependents[next]) {
        layer[dependent] = Math.max(layer[dependent], layer[next] + 1);
        if (--open[dependent] == 0) {
          ready.add(dependent);
        }
      }
    }
    return order;
  }

  /// Walks from a phase that never became ready to one it waits for until it meets itself.
  private List<String> findCycle(List<Integer> sorted) {
    var done = new BitSet();
    sorted.forEach(done::set);
    var path = new ArrayList<Integer>();
    var seen = new BitSet();
    var here = done.nextClearBit(0);
    while (!seen.get(here)) {
      seen.set(here);
      path.add(here);
      here = firstUnsorted(here, done);
    }
    var ids = new ArrayList<String>();
    path.subList(path.indexOf(here), path.size()).forEach(i -> ids.add(phases.get(i).id()));
    ids.add(phases.get(here).id());
    return ids;
  }

  private int firstUnsorted(int place, BitSet done) {
    for (var on : dependencies[place]) {
      if (!done.get(on)) {
        return on;
      }
    }
    throw new IllegalStateException("a phase that waits for nobody was not sorted");
  }

  /// `a, c, b, a` where each waits for the next.
  Optional<List<String>> cycle() {
    return cycle;
  }

  public Optional<Integer> find(String id) {
    return Optional.ofNullable(places.get(id));
  }

  Map<String, Integer> places() {
    return places;
  }

  /// For each phase everything it waits for, directly or not. Only for graphs without a cycle.
  List<BitSet> ancestors() {
    var all = new ArrayList<BitSet>(java.util.Collections.nCopies(phases.size(), new BitSet()));
    for (var i : sort()) {
      var mine = new BitSet(phases.size());
      for (var on : dependencies[i]) {
        mine.or(all.get(on));
        mine.set(on);
      }
      all.set(i, mine);
    }
    return all;
  }
}
