package adw.git;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectReader;

/// One reader of objects for each thread of a checkout: JGit's are for one thread, and each
/// remembers the bases of deltas that it has just read.
final class ObjectReaders implements AutoCloseable {
  private final ObjectStore store;
  private final Map<Thread, ObjectReader> known = new ConcurrentHashMap<>();

  ObjectReaders(ObjectStore store) {
    this.store = store;
  }

  ObjectReader ofThread() {
    return known.computeIfAbsent(Thread.currentThread(), _ -> store.reader());
  }

  /// Once no thread uses them any more.
  @Override
  public void close() {
    known.values().forEach(ObjectReader::close);
  }
}
