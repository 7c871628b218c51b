package adw.git;

import java.util.Arrays;

/// A path below a worktree's top as git has it: bytes, with "/" between names. Sorted as the index.
final class GitPath implements Comparable<GitPath> {
  private final byte[] bytes;

  GitPath(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Not to be changed.
  byte[] bytes() {
    return bytes;
  }

  /// The part after the last "/".
  byte[] name() {
    var from = bytes.length;
    while (from > 0 && bytes[from - 1] != '/') {
      from--;
    }
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  @Override
  public int compareTo(GitPath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GitPath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
