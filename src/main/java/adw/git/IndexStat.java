package adw.git;

import adw.os.FileStat;

/// What the index remembers of a file's state, to see a change without reading it.
record IndexStat(
    int changedSeconds,
    int changedNanos,
    int modifiedSeconds,
    int modifiedNanos,
    int device,
    int inode,
    int owner,
    int group,
    int size) {
  /// Matches no file: git will read it.
  static final IndexStat UNKNOWN = new IndexStat(0, 0, 0, 0, 0, 0, 0, 0, 0);

  static IndexStat of(FileStat state) {
    return new IndexStat(
        (int) state.changedSeconds(),
        state.changedNanos(),
        (int) state.modifiedSeconds(),
        state.modifiedNanos(),
        state.device(),
        (int) state.inode(),
        state.owner(),
        state.group(),
        (int) state.size());
  }

  /// As git compares: not the device, which is not stable on network file systems. Fractions of a
  /// second count only where both sides have them.
  boolean matches(FileStat state) {
    var now = of(state);
    return modifiedSeconds == now.modifiedSeconds
        && isSame(modifiedNanos, now.modifiedNanos)
        && changedSeconds == now.changedSeconds
        && isSame(changedNanos, now.changedNanos)
        && inode == now.inode
        && owner == now.owner
        && group == now.group
        && size == now.size;
  }

  private static boolean isSame(int nanos, int others) {
    return nanos == others || nanos == 0 || others == 0;
  }
}
