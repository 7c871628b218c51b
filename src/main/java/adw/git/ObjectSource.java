package adw.git;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/// The objects of a repository for one thread that reads very many of them.
final class ObjectSource implements AutoCloseable {
  private final KeptObjects kept;
  private final ObjectReader all;

  ObjectSource(Store store, KeptObjects kept) {
    this.kept = kept;
    this.all = store.reader();
  }

  ObjectLoader open(ObjectId id, int type) throws IOException {
    var found = kept.find(id, type);
    if (found.isPresent()) {
      return new ObjectLoader.SmallObject(type, found.get().bytes());
    }
    var loader = all.open(id, type);
    if (!loader.isLarge()) {
      kept.keep(id, new KeptPart.Content(type, loader.getCachedBytes()));
    }
    return loader;
  }

  @Override
  public void close() {
    all.close();
  }
}
