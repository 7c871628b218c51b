package adw.git;

import adw.git.config.UnsupportedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;

/// The order in which blobs are read best: a base just before its deltas, each followed by those of
/// its own, and else as they lie in their packs. So few bytes have to be remembered for each to be
/// inflated once, however long the chains are.
final class PackOrder {
  // Enough blobs for another thread to be worth it.
  private static final int MANY = 1000;

  private final FileWorkers workers;
  private final ObjectSources sources;

  PackOrder(FileWorkers workers, ObjectSources sources) {
    this.workers = workers;
    this.sources = sources;
  }

  /// What is in no pack comes first, in the order that it has.
  List<CheckoutPlan.File> sort(List<CheckoutPlan.File> files)
      throws IOException, InterruptedException, UnsupportedException {
    var wanted =
        files.stream()
            .mapToLong(CheckoutPlan.File::place)
            .filter(place -> place != Packs.NOWHERE)
            .sorted()
            .distinct()
            .toArray();
    if (wanted.length == 0) {
      return files;
    }
    var links = workers.run(new Look(wanted, 0, wanted.length));
    return sorted(files, new Ranks(links));
  }

  /// By rank, those of the same rank as they are.
  private static List<CheckoutPlan.File> sorted(List<CheckoutPlan.File> files, Ranks ranks) {
    var keys = new long[files.size()];
    for (var i = 0; i < keys.length; i++) {
      keys[i] = (ranks.of(files.get(i).place()) + 1L) << 32 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToObj(key -> files.get((int) key)).toList();
  }

  /// A blob, and what it is a delta of: that lies before it.
  private record Link(long place, long base) implements Comparable<Link> {
    @Override
    public int compareTo(Link other) {
      return Long.compare(place, other.place);
    }
  }

  /// Of some of the blobs that are wanted, and of what it takes to read them.
  private final class Look extends RecursiveTask<List<Link>> {
    private static final long serialVersionUID = 1L;

    private final transient long[] wanted;
    private final transient int from;
    private final transient int to;

    Look(long[] wanted, int from, int to) {
      this.wanted = wanted;
      this.from = from;
      this.to = to;
    }

    @Override
    protected List<Link> compute() {
      if (to - from > MANY) {
        var middle = (from + to) >>> 1;
        var halves = List.of(new Look(wanted, from, middle), new Look(wanted, middle, to));
        return ForkJoinTask.invokeAll(halves).stream()
            .flatMap(half -> half.join().stream())
            .toList();
      }
      var links = new ArrayList<Link>();
      workers.attempt(() -> look(links));
      return links;
    }

    private void look(List<Link> links) throws IOException {
      var reader = sources.ofThread().packed();
      var seen = new HashSet<Long>();
      for (var i = from; i < to; i++) {
        for (var at = wanted[i]; at != Packs.NOWHERE && seen.add(at); ) {
          var base = reader.base(at);
          links.add(new Link(at, base));
          at = Arrays.binarySearch(wanted, base) < 0 ? base : Packs.NOWHERE;
        }
      }
    }
  }

  /// The number of each blob when all are told as families: each one with what is made of it.
  private static final class Ranks {
    private final long[] places;
    private final int[] ranks;

    Ranks(List<Link> found) {
      var links = found.stream().sorted().distinct().toList();
      places = links.stream().mapToLong(Link::place).toArray();
      var bases = links.stream().mapToInt(link -> Arrays.binarySearch(places, link.base)).toArray();
      ranks = rank(bases);
    }

    /// A base has a lower number than what is made of it.
    private static int[] rank(int[] bases) {
      var sizes = new int[bases.length];
      for (var i = bases.length - 1; i >= 0; i--) {
        sizes[i]++;
        if (bases[i] >= 0) {
          sizes[bases[i]] += sizes[i];
        }
      }
      var ranks = new int[bases.length];
      var next = new int[bases.length];
      for (int i = 0, root = 0; i < bases.length; i++) {
        if (bases[i] < 0) {
          ranks[i] = root;
          root += sizes[i];
        } else {
          ranks[i] = next[bases[i]];
          next[bases[i]] += sizes[i];
        }
        next[i] = ranks[i] + 1;
      }
      return ranks;
    }

    int of(long place) {
      var at = Arrays.binarySearch(places, place);
      return at < 0 ? -1 : ranks[at];
    }
  }
}
