package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/// The objects of a repository for one thread that reads very many of them.
final class ObjectSource implements AutoCloseable {
  // Threads that hand over each object by itself wait for each other all the time.
  private static final int MANY = 1 << 19;
  private static final int LARGEST = 4 << 20;

  private final Packs packs;
  private final KeptObjects kept;
  private final PackReader packed;
  private final ObjectReader all;
  private final List<KeptPart.Kept> pending = new ArrayList<>();
  private int size;

  ObjectSource(Store store, Packs packs, KeptObjects kept) {
    this.packs = packs;
    this.kept = kept;
    this.packed = new PackReader(packs);
    this.all = store.reader();
  }

  /// A tree, or one blob by itself.
  ObjectLoader open(ObjectId id, int type) throws IOException {
    return open(id, type, Packs.NOWHERE);
  }

  /// Where a blob has to be read from: nowhere if it is kept.
  long place(ObjectId blob) {
    return kept.holds(blob) ? Packs.NOWHERE : packs.place(blob);
  }

  PackReader packed() {
    return packed;
  }

  /// The blob of a file.
  ObjectLoader open(Outline.File file) throws IOException {
    return open(file.wanted().id(), Constants.OBJ_BLOB, file.place());
  }

  private ObjectLoader open(ObjectId id, int type, long place) throws IOException {
    var found = kept.find(id, type);
    if (found.isPresent()) {
      if (kept.isRenewed()) {
        keep(id, found.get());
      }
      return new ObjectLoader.SmallObject(type, found.get().bytes());
    }
    var loader = read(id, type, place);
    kept.miss(loader.getSize());
    if (!loader.isLarge() && kept.isWritten()) {
      keep(id, new KeptPart.Content(type, loader.getCachedBytes()));
    }
    return loader;
  }

  private ObjectLoader read(ObjectId id, int type, long place) throws IOException {
    var found = packed.find(place);
    return found.isPresent() ? new ObjectLoader.SmallObject(type, found.get()) : all.open(id, type);
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
    packed.close();
    all.close();
  }
}
