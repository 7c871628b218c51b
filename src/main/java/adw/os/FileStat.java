package adw.os;

/// What the kernel says of one file, links not followed. Times are whole seconds and the
/// nanoseconds beyond; `mode` holds the type as well.
public record FileStat(
    int mode,
    long size,
    long modifiedSeconds,
    int modifiedNanos,
    long changedSeconds,
    int changedNanos,
    int device,
    long inode,
    int owner,
    int group) {
  private static final int TYPE = 0170000;

  public boolean isFile() {
    return (mode & TYPE) == 0100000;
  }

  public boolean isLink() {
    return (mode & TYPE) == 0120000;
  }

  public boolean isDirectory() {
    return (mode & TYPE) == 0040000;
  }

  public boolean isExecutable() {
    return (mode & 0100) != 0;
  }
}
