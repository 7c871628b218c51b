package adw.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// The TREE extension of an index: for each folder whose files are all as in a tree object, that
/// tree's id and the number of entries below; -1 entries where it is not known.
final class CacheTree {
  private static final int UNKNOWN = -1;

  private final byte[] name;
  private final List<CacheTree> folders;
  private int entries;
  private ObjectId id;

  private CacheTree(byte[] name, int entries, ObjectId id, List<CacheTree> folders) {
    this.name = name;
    this.entries = entries;
    this.id = id;
    this.folders = folders;
  }

  static CacheTree of(byte[] name, int entries, ObjectId id, List<CacheTree> folders) {
    return new CacheTree(name, entries, id, new ArrayList<>(folders));
  }

  static CacheTree unknown(byte[] name) {
    return new CacheTree(name, UNKNOWN, ObjectId.zeroId(), new ArrayList<>());
  }

  static CacheTree parse(ByteBuffer in) {
    var name = until(in, (byte) 0);
    var entries = Integer.parseInt(new String(until(in, (byte) ' '), US_ASCII));
    var count = Integer.parseInt(new String(until(in, (byte) '\n'), US_ASCII));
    var id = ObjectId.zeroId();
    if (entries >= 0) {
      id = Index.id(in);
    }
    var folders = new ArrayList<CacheTree>(count);
    for (var i = 0; i < count; i++) {
      folders.add(parse(in));
    }
    return new CacheTree(name, entries, id, folders);
  }

  private static byte[] until(ByteBuffer in, byte end) {
    var from = in.position();
    var at = from;
    while (in.get(at) != end) {
      at++;
    }
    in.position(at + 1);
    return Index.copy(in, from, at);
  }

  void write(ByteArrayOutputStream out) {
    out.writeBytes(name);
    out.write(0);
    out.writeBytes((entries + " " + folders.size() + "\n").getBytes(US_ASCII));
    if (entries >= 0) {
      var raw = new byte[Constants.OBJECT_ID_LENGTH];
      id.copyRawTo(raw, 0);
      out.writeBytes(raw);
    }
    folders.forEach(folder -> folder.write(out));
  }

  boolean isKnown() {
    return entries != UNKNOWN;
  }

  ObjectId id() {
    return id;
  }

  int entries() {
    return entries;
  }

  void know(ObjectId tree, int count) {
    id = tree;
    entries = count;
  }

  /// The folders on the way to this path are not known any more.
  void forget(byte[] path) {
    var at = this;
    for (var from = 0; at != null; ) {
      at.entries = UNKNOWN;
      var slash = indexOfSlash(path, from);
      at = slash < 0 ? null : at.find(path, from, slash);
      from = slash + 1;
    }
  }

  static int indexOfSlash(byte[] path, int from) {
    for (var i = from; i < path.length; i++) {
      if (path[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  @Nullable CacheTree find(byte[] path, int from, int to) {
    for (var folder : folders) {
      if (Arrays.equals(folder.name, 0, folder.name.length, path, from, to)) {
        return folder;
      }
    }
    return null;
  }

  CacheTree findOrAdd(byte[] path, int from, int to) {
    var there = find(path, from, to);
    if (there != null) {
      return there;
    }
    var added = unknown(Arrays.copyOfRange(path, from, to));
    folders.add(added);
    return added;
  }

  /// Only these folders are left, in git's order: by length, then by bytes.
  void keepOnly(List<CacheTree> present) {
    folders.retainAll(present);
    folders.sort((a, b) ->
        a.name.length != b.name.length
            ? a.name.length - b.name.length
            : Arrays.compareUnsigned(a.name, b.name));
  }
}
