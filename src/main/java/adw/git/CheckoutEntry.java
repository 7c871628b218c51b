package adw.git;

import org.eclipse.jgit.lib.ObjectId;

/// What a path in a worktree shall be, with an index entry's mode; mode 0 if it shall not be.
record CheckoutEntry(int mode, ObjectId id) {
  static final CheckoutEntry GONE = new CheckoutEntry(0, ObjectId.zeroId());

  /// Old trees have modes such as 100664: the index knows only two of files.
  static CheckoutEntry of(int mode, ObjectId id) {
    if (mode == IndexEntry.LINK || mode == 0) {
      return new CheckoutEntry(mode, id);
    }
    return new CheckoutEntry((mode & 0100) != 0 ? IndexEntry.EXECUTABLE : IndexEntry.FILE, id);
  }

  boolean isGone() {
    return mode == 0;
  }

  boolean isLink() {
    return mode == IndexEntry.LINK;
  }

  boolean isExecutable() {
    return mode == IndexEntry.EXECUTABLE;
  }
}
