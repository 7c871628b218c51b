package adw.git;

import adw.git.config.UnsupportedException;
import adw.git.content.Conversion;
import adw.os.Directory;
import adw.os.FileStat;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectLoader;

/// The files that blobs become.
record SmudgeFilter(long seconds) {
  private static final int PIECE = 1 << 16;

  FileStat write(
      CheckoutEntry wanted, ObjectLoader blob, Directory folder, byte[] name, Conversion conversion)
      throws IOException, UnsupportedException {
    if (wanted.isLink()) {
      return folder.link(name, blob.getCachedBytes(), seconds);
    }
    if (blob.isLarge()) {
      if (!conversion.isPlain()) {
        throw new UnsupportedException("a large text file");
      }
      return copy(blob, folder, name, wanted.isExecutable());
    }
    var content = conversion.toWorktree(blob.getCachedBytes(), wanted.id());
    return folder.write(name, wanted.isExecutable(), content, seconds);
  }

  /// What is too large for memory, in pieces.
  private FileStat copy(ObjectLoader blob, Directory folder, byte[] name, boolean executable)
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
