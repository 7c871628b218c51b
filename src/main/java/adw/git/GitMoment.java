package adw.git;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/// What git knows of one file at one moment: two moments that differ tell that git was at work.
///
/// @param branch the branch checked out in the file's worktree
/// @param commit the commit checked out
/// @param entry the file's entries in the index (mode, blob, stage); "" if it is not tracked
/// @param doing a merge, rebase, cherry-pick … in progress
/// @param blobs the file's contents in HEAD, the index and the stashes, by their blob's id
public record GitMoment(
    Optional<String> branch,
    Optional<String> commit,
    String entry,
    Optional<String> doing,
    Set<String> blobs) {
  public GitMoment {
    blobs = Set.copyOf(blobs);
  }

  /// What a file outside any worktree gets.
  public static final GitMoment NONE =
      new GitMoment(Optional.empty(), Optional.empty(), "", Optional.empty(), Set.of());

  public boolean isTracked() {
    return !entry.isEmpty();
  }

  /// HEAD or the index entry has moved since `earlier`.
  public boolean hasMovedSince(GitMoment earlier) {
    return !branch.equals(earlier.branch)
        || !commit.equals(earlier.commit)
        || !entry.equals(earlier.entry);
  }

  /// These are the bytes that HEAD, the index or a stash holds for the file.
  public boolean holds(byte[] bytes) {
    if (blobs.isEmpty()) {
      return false;
    }
    try (var hash = new ObjectInserter.Formatter()) {
      return blobs.contains(hash.idFor(Constants.OBJ_BLOB, bytes).name())
          || blobs.contains(hash.idFor(Constants.OBJ_BLOB, withoutReturns(bytes)).name());
    }
  }

  /// As git stores a text file that is checked out with CRLF.
  private static byte[] withoutReturns(byte[] bytes) {
    var out = new java.io.ByteArrayOutputStream(bytes.length);
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\r' || i + 1 == bytes.length || bytes[i + 1] != '\n') {
        out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }
}
