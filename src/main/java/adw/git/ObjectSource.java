package adw.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  ObjectSource(ObjectStore store, Packs packs, KeptObjects kept) {
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
  ObjectLoader open(CheckoutPlan.File file) throws IOException {
    return open(file.wanted().id(), Constants.OBJ_BLOB, file.place());
  }

  /// The blob of a file, if it is kept: not to be changed, nor used after this is closed.
  Optional<ByteBuffer> findKept(ObjectId blob) {
    return findKept(blob, Constants.OBJ_BLOB).map(KeptPart.Content::bytes);
  }

  private Optional<KeptPart.Content> findKept(ObjectId id, int type) {
    var found = kept.find(id, type);
    if (found.isPresent() && kept.isRenewed()) {
      keep(id, found.get());
    }
    return found;
  }

  private ObjectLoader open(ObjectId id, int type, long place) throws IOException {
    var found = findKept(id, type);
    if (found.isPresent()) {
      return new ObjectLoader.SmallObject(type, found.get().copy());
    }
    var loader = read(id, type, place);
    kept.miss(loader.getSize());
    if (!loader.isLarge() && kept.isWritten()) {
      keep(id, new KeptPart.Content(type, ByteBuffer.wrap(loader.getCachedBytes())));
    }
    return loader;
  }

  private ObjectLoader read(ObjectId id, int type, long place) throws IOException {
    var found = packed.find(place);
    return found.isPresent() ? new ObjectLoader.SmallObject(type, found.get()) : all.open(id, type);
  }

  private void keep(ObjectId id, KeptPart.Content content) {
    var length = content.length();
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
