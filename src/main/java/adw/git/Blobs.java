package adw.git;

import adw.os.Directory;
import adw.os.PosixState;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectLoader;

/// The files that blobs become.
record Blobs(long seconds) {
  private static final int PIECE = 1 << 16;

  PosixState write(
      Wanted wanted, ObjectLoader blob, Directory folder, byte[] name, Conversion conversion)
      throws IOException, UnfitException {
    if (wanted.isLink()) {
      return folder.link(name, blob.getCachedBytes(), seconds);
    }
    if (blob.isLarge()) {
      if (!conversion.isPlain()) {
        throw new UnfitException("a large text file");
      }
      return copy(blob, folder, name, wanted.isExecutable());
    }
    var content = conversion.toWorktree(blob.getCachedBytes(), wanted.id());
    return folder.write(name, wanted.isExecutable(), content, seconds);
  }

  /// What is too large for memory, in pieces.
  private PosixState copy(ObjectLoader blob, Directory folder, byte[] name, boolean executable)
      throws IOException {
    var piece = new byte[PIECE];
    try (var in = blob.openStream();
        var out = folder.create(name, executable)) {
      for (int n; (n = in.read(piece)) > 0; ) {
        out.append(piece, n);
      }
      return out.finish(seconds);
    }
  }
}
