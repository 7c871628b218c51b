package adw.git;

import adw.os.Directory;
import adw.os.PosixState;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectLoader;

/// Blobs that are too large for memory, copied in pieces and with their bytes unchanged.
record Blobs(long seconds) {
  private static final int PIECE = 1 << 16;

  PosixState copy(ObjectLoader blob, Directory folder, byte[] name, boolean executable)
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
