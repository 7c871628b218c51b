package adw.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.file.PackMidx;
import org.eclipse.jgit.lib.ObjectId;

/// The packs of a repository for one checkout. A place is a pack's number and an offset in it.
final class Packs implements AutoCloseable {
  /// A blob that is in no pack known here.
  static final long NOWHERE = -1;

  // A pack of a terabyte is the largest one whose places fit into 40 bits.
  private static final int OFFSET = 40;
  // Each costs a look for every blob and an open file.
  private static final int MANY = 64;

  private final List<Open> packs = new ArrayList<>();

  private record Open(PackIndex index, FileChannel file) {}

  Packs(ObjectStore store) throws IOException {
    add(store.jgit().getObjectDatabase().getPacks());
  }

  /// JGit takes all packs under one index for one, with offsets of its own.
  private void add(Collection<Pack> found) throws IOException {
    for (var pack : found) {
      if (pack instanceof PackMidx several) {
        add(several.getCoveredPacks());
      } else if (packs.size() < MANY) {
        find(pack).ifPresent(packs::add);
      }
    }
  }

  /// Not one that has gone meanwhile (git packs anew beside us), nor one that is another than its
  /// index says: what is in it is looked for by JGit, which finds where it is by now.
  private static Optional<Open> find(Pack pack) throws IOException {
    try {
      var index = pack.getIndex();
      var file = FileChannel.open(Path.of(pack.getPackFile().getPath()), StandardOpenOption.READ);
      if (Arrays.equals(checksum(file), index.getChecksum())) {
        return Optional.of(new Open(index, file));
      }
      file.close();
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static byte[] checksum(FileChannel pack) throws IOException {
    var end = ByteBuffer.allocate(20);
    pack.read(end, Math.max(0, pack.size() - end.capacity()));
    return end.array();
  }

  /// Where a blob is.
  long place(ObjectId id) {
    for (var i = 0; i < packs.size(); i++) {
      var offset = packs.get(i).index.findOffset(id);
      if (offset >= 0 && offset < 1L << OFFSET) {
        return ((long) i << OFFSET) + offset;
      }
    }
    return NOWHERE;
  }

  /// The number of bytes read, -1 at the end.
  int read(int pack, ByteBuffer into, long offset) throws IOException {
    return packs.get(pack).file.read(into, offset);
  }

  static int number(long place) {
    return (int) (place >> OFFSET);
  }

  static long offset(long place) {
    return place & ((1L << OFFSET) - 1);
  }

  @Override
  public void close() throws IOException {
    for (var pack : packs) {
      pack.file.close();
    }
  }
}
