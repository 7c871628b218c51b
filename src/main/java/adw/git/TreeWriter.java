package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/// Makes the tree objects of an index, only those that its cache tree does not know.
final class TreeWriter {
  private final List<IndexEntry> entries;
  private final ObjectInserter inserter;

  TreeWriter(List<IndexEntry> entries, ObjectInserter inserter) {
    this.entries = entries;
    this.inserter = inserter;
  }

  ObjectId write(CacheTree root) throws IOException {
    var known = root.isKnown() && root.entries() == entries.size();
    return known ? root.id() : write(root, 0, 0, entries.size()).id;
  }

  /// A tree, and whether the index is exactly that.
  private record Made(ObjectId id, boolean exact) {}

  private Made write(CacheTree node, int skip, int from, int to) throws IOException {
    var tree = new TreeFormatter();
    var folders = new ArrayList<CacheTree>();
    var exact = true;
    for (var i = from; i < to; ) {
      var entry = entries.get(i);
      var slash = CacheTree.indexOfSlash(entry.path(), skip);
      if (slash >= 0) {
        var folder = node.findOrAdd(entry.path(), skip, slash);
        var end = end(folder, entry.path(), slash, i, to);
        var made =
            folder.isKnown() ? new Made(folder.id(), true) : write(folder, slash + 1, i, end);
        if (!isEmpty(i, end)) {
          tree.append(entry.path(), skip, slash - skip, FileMode.TREE, made.id);
        }
        folders.add(folder);
        exact &= made.exact;
        i = end;
      } else {
        exact &= !entry.isIntended();
        if (!entry.isIntended()) {
          var name = Arrays.copyOfRange(entry.path(), skip, entry.path().length);
          tree.append(name, FileMode.fromBits(entry.mode()), entry.id());
        }
        i++;
      }
    }
    node.keepOnly(folders);
    var id = inserter.insert(tree);
    if (exact) {
      node.know(id, to - from);
    }
    return new Made(id, exact);
  }

  /// A folder of which nothing but intentions is in the index is in no tree.
  private boolean isEmpty(int from, int to) {
    return entries.subList(from, to).stream().allMatch(IndexEntry::isIntended);
  }

  private int end(CacheTree folder, byte[] first, int slash, int from, int to) {
    if (folder.isKnown()) {
      return from + folder.entries();
    }
    var end = from + 1;
    while (end < to && isBelow(entries.get(end).path(), first, slash)) {
      end++;
    }
    return end;
  }

  private static boolean isBelow(byte[] path, byte[] first, int slash) {
    return path.length > slash && Arrays.equals(path, 0, slash + 1, first, 0, slash + 1);
  }
}
