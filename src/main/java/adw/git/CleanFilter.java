package adw.git;

import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.os.Directory;
import adw.os.FileStat;
import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/// The blobs that files become: line ends as the attributes say, a link's blob is its target.
final class CleanFilter {
  // Beyond it a file is read in pieces, and never converted.
  private static final long IN_MEMORY = 64L << 20;

  private final ObjectStore store;
  private final ObjectInserter inserter;

  CleanFilter(ObjectStore store, ObjectInserter inserter) {
    this.store = store;
    this.inserter = inserter;
  }

  /// The file has the content that the index holds for it; nothing is written. For any thread.
  boolean isSame(
      Directory folder, byte[] name, FileStat state, IndexEntry entry, Attributes attributes)
      throws IOException, UnsupportedException {
    if (isLarge(state)) {
      refuseText(entry, attributes);
      try (var hash = new ObjectInserter.Formatter();
          var in = folder.stream(name)) {
        return hash.idFor(Constants.OBJ_BLOB, state.size(), in).equals(entry.id());
      }
    }
    var blob = read(folder, name, state, entry, attributes);
    try (var hash = new ObjectInserter.Formatter()) {
      return hash.idFor(Constants.OBJ_BLOB, blob).equals(entry.id());
    }
  }

  /// `entry` is the file's, or one with its path only.
  ObjectId insert(
      Directory folder, byte[] name, FileStat state, IndexEntry entry, Attributes attributes)
      throws IOException, UnsupportedException {
    if (isLarge(state)) {
      refuseText(entry, attributes);
      try (var in = folder.stream(name)) {
        return inserter.insert(Constants.OBJ_BLOB, state.size(), in);
      }
    }
    return inserter.insert(Constants.OBJ_BLOB, read(folder, name, state, entry, attributes));
  }

  private static boolean isLarge(FileStat state) {
    return state.isFile() && state.size() > IN_MEMORY;
  }

  private static void refuseText(IndexEntry entry, Attributes attributes)
      throws UnsupportedException {
    if (!attributes.conversion(entry.path()).isNone()) {
      throw new UnsupportedException("a large text file");
    }
  }

  private byte[] read(
      Directory folder, byte[] name, FileStat state, IndexEntry entry, Attributes attributes)
      throws IOException, UnsupportedException {
    return state.isLink() ? folder.readLink(name) : toBlob(folder.read(name), entry, attributes);
  }

  private byte[] toBlob(byte[] file, IndexEntry entry, Attributes attributes)
      throws IOException, UnsupportedException {
    return hasReturn(file) || attributes.mayConvertWithoutReturns()
        ? attributes.conversion(entry.path()).toBlob(file, () -> known(entry))
        : file;
  }

  private static boolean hasReturn(byte[] file) {
    for (var b : file) {
      if (b == '\r') {
        return true;
      }
    }
    return false;
  }

  private byte[] known(IndexEntry entry) throws IOException {
    return entry.id().equals(ObjectId.zeroId()) ? new byte[0] : store.readBlob(entry.id());
  }
}
