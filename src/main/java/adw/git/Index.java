package adw.git;

import adw.git.config.GitException;
import adw.git.config.UnsupportedException;
import adw.os.UnusableFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// The index file of one worktree, read and written whole.
final class Index {
  private static final int SIGNATURE = 0x44495243; // DIRC
  private static final int TREE = 0x54524545;
  private static final int FIXED = 62;
  private static final int EXTENDED = 0x4000;
  private static final int NAME_MASK = 0xfff;
  private static final int MAX_ENTRIES_HINT = 1 << 22;

  private final List<IndexEntry> entries;
  private final CacheTree tree;
  private final long seconds;

  Index(List<IndexEntry> entries, CacheTree tree, long seconds) {
    this.entries = entries;
    this.tree = tree;
    this.seconds = seconds;
  }

  /// Sorted; not to be changed.
  List<IndexEntry> entries() {
    return entries;
  }

  CacheTree tree() {
    return tree;
  }

  /// The file may have been changed after its entry was made without a trace in its state: it has
  /// to be read. The second is git's unit here, however fine the file system's times are.
  boolean isRacy(IndexEntry entry) {
    return entry.stat().modifiedSeconds() >= seconds;
  }

  static Index read(Path file) throws IOException, UnsupportedException {
    if (!Files.exists(file)) {
      return new Index(List.of(), CacheTree.unknown(new byte[0]), 0);
    }
    if (Files.isDirectory(file)) {
      throw new UnusableFileException(file, "is a folder", "move it away");
    }
    var seconds = Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
    return parse(Files.readAllBytes(file), seconds);
  }

  static Index parse(byte[] bytes, long seconds) throws UnsupportedException {
    try {
      return parse(ByteBuffer.wrap(bytes), seconds);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new GitException("the index is damaged (cure: git reset)", e);
    }
  }

  private static Index parse(ByteBuffer in, long seconds) throws UnsupportedException {
    if (in.getInt() != SIGNATURE) {
      throw new IllegalArgumentException("not an index");
    }
    var version = in.getInt();
    if (version < 2 || version > 4) {
      throw new UnsupportedException("index version " + version);
    }
    var count = in.getInt();
    var entries = new ArrayList<IndexEntry>(Math.min(count, MAX_ENTRIES_HINT));
    var before = new byte[0];
    for (var i = 0; i < count; i++) {
      var entry = parseEntry(in, version, before);
      before = entry.path();
      entries.add(entry);
    }
    return new Index(entries, parseExtensions(in), seconds);
  }

  private static IndexEntry parseEntry(ByteBuffer in, int version, byte[] before) {
    var start = in.position();
    var changedSeconds = in.getInt();
    var changedNanos = in.getInt();
    var modifiedSeconds = in.getInt();
    var modifiedNanos = in.getInt();
    var device = in.getInt();
    var inode = in.getInt();
    var mode = in.getInt();
    var stat =
        new IndexStat(
            changedSeconds,
            changedNanos,
            modifiedSeconds,
            modifiedNanos,
            device,
            inode,
            in.getInt(),
            in.getInt(),
            in.getInt());
    var id = id(in);
    var flags = Short.toUnsignedInt(in.getShort());
    var more = (flags & EXTENDED) != 0 ? Short.toUnsignedInt(in.getShort()) : 0;
    var path = version == 4 ? parsePrefixed(in, before) : parsePath(in, start);
    return new IndexEntry(path, mode, id, stat, flags, more);
  }

  private static byte[] parsePath(ByteBuffer in, int start) {
    var from = in.position();
    var end = from;
    while (in.get(end) != 0) {
      end++;
    }
    // 1 to 8 zero bytes, so that the next entry begins at a multiple of 8.
    in.position(end + 8 - (end - start) % 8);
    return copy(in, from, end);
  }

  private static byte[] parsePrefixed(ByteBuffer in, byte[] before) {
    var strip = parseVarint(in);
    var from = in.position();
    var end = from;
    while (in.get(end) != 0) {
      end++;
    }
    in.position(end + 1);
    var kept = before.length - strip;
    var path = Arrays.copyOf(before, kept + end - from);
    in.get(from, path, kept, end - from);
    return path;
  }

  static byte[] copy(ByteBuffer in, int from, int to) {
    var bytes = new byte[to - from];
    in.get(from, bytes);
    return bytes;
  }

  static ObjectId id(ByteBuffer in) {
    var raw = new byte[Constants.OBJECT_ID_LENGTH];
    in.get(raw);
    return ObjectId.fromRaw(raw);
  }

  private static int parseVarint(ByteBuffer in) {
    var b = in.get();
    var value = b & 0x7f;
    while ((b & 0x80) != 0) {
      b = in.get();
      value = ((value + 1) << 7) | (b & 0x7f);
    }
    return value;
  }

  private static CacheTree parseExtensions(ByteBuffer in) throws UnsupportedException {
    var tree = CacheTree.unknown(new byte[0]);
    while (in.remaining() > Constants.OBJECT_ID_LENGTH + 8) {
      var name = in.getInt();
      var end = in.getInt(in.position()) + 4 + in.position();
      in.getInt();
      if (name == TREE && end > in.position()) {
        tree = CacheTree.parse(in);
      } else if (Character.isLowerCase(name >>> 24)) {
        // One that a reader must understand: split index, sparse index.
        throw new UnsupportedException("an index with an extension of git's own");
      }
      in.position(end);
    }
    return tree;
  }

  /// Written and hashed in place: the other threads have nothing to do meanwhile.
  byte[] format() {
    var folders = new ByteArrayOutputStream();
    tree.write(folders);
    var size = 12 + entries.stream().mapToInt(Index::size).sum();
    var out = ByteBuffer.allocate(size + 8 + folders.size() + Constants.OBJECT_ID_LENGTH);
    var extended = entries.stream().anyMatch(entry -> entry.moreFlags() != 0);
    out.putInt(SIGNATURE).putInt(extended ? 3 : 2).putInt(entries.size());
    entries.forEach(entry -> formatEntry(entry, out));
    out.putInt(TREE).putInt(folders.size()).put(folders.toByteArray());
    out.put(sha1(out.array(), out.position()));
    return out.array();
  }

  /// A multiple of 8, with at least one zero at the end.
  private static int size(IndexEntry entry) {
    var fixed = entry.moreFlags() != 0 ? FIXED + 2 : FIXED;
    return (fixed + entry.path().length + 8) / 8 * 8;
  }

  private static void formatEntry(IndexEntry entry, ByteBuffer out) {
    var start = out.position();
    var stat = entry.stat();
    out.putInt(stat.changedSeconds()).putInt(stat.changedNanos());
    out.putInt(stat.modifiedSeconds()).putInt(stat.modifiedNanos());
    out.putInt(stat.device()).putInt(stat.inode()).putInt(entry.mode());
    out.putInt(stat.owner()).putInt(stat.group()).putInt(stat.size());
    entry.id().copyRawTo(out);
    var flags = entry.flags() | Math.min(NAME_MASK, entry.path().length);
    if (entry.moreFlags() != 0) {
      out.putShort((short) (flags | EXTENDED)).putShort((short) entry.moreFlags());
    } else {
      out.putShort((short) flags);
    }
    out.put(entry.path());
    out.position(start + size(entry));
  }

  private static byte[] sha1(byte[] bytes, int length) {
    try {
      var hash = MessageDigest.getInstance("SHA-1");
      hash.update(bytes, 0, length);
      return hash.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
