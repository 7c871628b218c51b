package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.ObjectId;

/// Where blobs lie among the packs of a repository. Read in that order, a delta comes soon after
/// its base, which JGit then still remembers: in the order of paths, alike files cost half as much
/// again.
final class PackPositions {
  // Each pack costs a look for every blob.
  private static final int MOST_PACKS = 64;
  // A pack of a terabyte is the largest whose offsets fit.
  private static final int OFFSET_BITS = 40;

  private final List<PackIndex> indexes = new ArrayList<>();

  PackPositions(ObjectStore store) {
    for (var pack : store.jgit().getObjectDatabase().getPacks()) {
      if (indexes.size() < MOST_PACKS) {
        add(pack);
      }
    }
  }

  private void add(Pack pack) {
    try {
      indexes.add(pack.getIndex());
    } catch (IOException _) {
      // git has packed anew beside us, or it is damaged: whoever reads a blob of it finds the new
      // one,
      // or tells.
    }
  }

  /// A number to sort by; -1 for a blob in none of these packs.
  long of(ObjectId blob) {
    for (var i = 0; i < indexes.size(); i++) {
      var offset = indexes.get(i).findOffset(blob);
      if (offset >= 0) {
        return ((long) i << OFFSET_BITS) + offset;
      }
    }
    return -1;
  }
}
