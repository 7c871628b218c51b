package adw.git;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One source of objects for each thread of a checkout: each keeps the bases of deltas that it has
/// just read.
final class ObjectSources implements AutoCloseable {
  private final ObjectStore store;
  private final Packs packs;
  private final KeptObjects kept;
  private final Map<Thread, ObjectSource> known = new ConcurrentHashMap<>();

  ObjectSources(ObjectStore store, Packs packs, KeptObjects kept) {
    this.store = store;
    this.packs = packs;
    this.kept = kept;
  }

  ObjectSource ofThread() {
    return known.computeIfAbsent(Thread.currentThread(), _ -> new ObjectSource(store, packs, kept));
  }

  /// Once no thread uses them any more.
  @Override
  public void close() {
    known.values().forEach(ObjectSource::close);
  }
}
