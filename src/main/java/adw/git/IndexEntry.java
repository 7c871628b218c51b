package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectId;

/// One line of the index.
final class IndexEntry implements Comparable<IndexEntry> {
  static final int FILE = 0100644;
  static final int EXECUTABLE = 0100755;
  static final int LINK = 0120000;
  static final int REPOSITORY = 0160000;

  static final int ASSUME_VALID = 0x8000;
  static final int STAGE = 0x3000;
  static final int INTENT_TO_ADD = 1 << 13;
  static final int SKIP_WORKTREE = 1 << 14;

  private final byte[] path;
  private final int mode;
  private final ObjectId id;
  private final IndexStat stat;
  private final int flags;
  private final int moreFlags;

  IndexEntry(byte[] path, int mode, ObjectId id, IndexStat stat, int flags, int moreFlags) {
    this.path = path;
    this.mode = mode;
    this.id = id;
    this.stat = stat;
    this.flags = flags & (ASSUME_VALID | STAGE);
    this.moreFlags = moreFlags;
  }

  IndexEntry(byte[] path, int mode, ObjectId id, IndexStat stat) {
    this(path, mode, id, stat, 0, 0);
  }

  IndexEntry with(IndexStat other) {
    return new IndexEntry(path, mode, id, other, flags, moreFlags);
  }

  /// Not to be changed.
  byte[] path() {
    return path;
  }

  String text() {
    return new String(path, UTF_8);
  }

  int mode() {
    return mode;
  }

  ObjectId id() {
    return id;
  }

  IndexStat stat() {
    return stat;
  }

  int flags() {
    return flags;
  }

  int moreFlags() {
    return moreFlags;
  }

  boolean isUnmerged() {
    return (flags & STAGE) != 0;
  }

  boolean isIntended() {
    return (moreFlags & INTENT_TO_ADD) != 0;
  }

  /// git was told not to look at the file.
  boolean isUnwatched() {
    return (flags & ASSUME_VALID) != 0 || (moreFlags & SKIP_WORKTREE) != 0;
  }

  boolean isLink() {
    return mode == LINK;
  }

  @Override
  public int compareTo(IndexEntry other) {
    var byPath = Arrays.compareUnsigned(path, other.path);
    return byPath != 0 ? byPath : (flags & STAGE) - (other.flags & STAGE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexEntry entry && compareTo(entry) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(path);
  }
}
