package adw.agent;

import adw.os.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Instructions of roles, as files that programs are pointed to: written once for all calls of this
/// process, and gone with it. One file a call would cost more than many a call itself.
final class KeptPrompts {
  private static final String OWN = "adw-roles-" + UUID.randomUUID();

  private KeptPrompts() {}

  /// Where a text of that name is kept; `write` puts it there.
  static Path place(Path temporary, String name, String text) {
    var hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return temporary.resolve(OWN).resolve(hash.toString()).resolve(name);
  }

  static synchronized void write(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    var folder = file.resolveSibling(".").normalize();
    Files.createDirectories(folder);
    Durable.replaceUnsynced(file, text.getBytes(StandardCharsets.UTF_8));
    // Deleted in reverse order.
    folder.resolveSibling(".").normalize().toFile().deleteOnExit();
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
  }
}
