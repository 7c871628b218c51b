package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/// The objects of a repository for one thread that reads very many of them.
final class ObjectSource implements AutoCloseable {
  // Threads that hand over each object by itself wait for each other all the time.
  private static final int MANY = 1 << 19;
  private static final int LARGEST = 4 << 20;

  private final KeptObjects kept;
  private final ObjectReader all;
  private final List<KeptPart.Kept> pending = new ArrayList<>();
  private int size;

  ObjectSource(Store store, KeptObjects kept) {
    this.kept = kept;
    this.all = store.reader();
  }

  ObjectLoader open(ObjectId id, int type) throws IOException {
    var found = kept.find(id, type);
    if (found.isPresent()) {
      if (kept.isRenewed()) {
        keep(id, found.get());
      }
      return new ObjectLoader.SmallObject(type, found.get().bytes());
    }
    var loader = all.open(id, type);
    kept.miss(loader.getSize());
    if (!loader.isLarge() && kept.isWritten()) {
      keep(id, new KeptPart.Content(type, loader.getCachedBytes()));
    }
    return loader;
  }

  private void keep(ObjectId id, KeptPart.Content content) {
    var length = content.bytes().length;
    if (length > LARGEST) {
      return;
    }
    pending.add(KeptPart.Kept.of(id, content));
    size += length;
    if (size > MANY) {
      flush();
    }
  }

  private void flush() {
    kept.keep(pending);
    pending.clear();
    size = 0;
  }

  @Override
  public void close() {
    flush();
    all.close();
  }
}
