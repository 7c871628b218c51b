package adw.agent;

import adw.os.Durable;
import adw.os.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Instructions of roles, as files that programs are pointed to: written once for all calls of this
/// process, and gone with the last who uses them. One file a call would cost more than many a call
/// itself.
public final class KeptPrompts {
  private static final String OWN = "adw-roles-" + Token.create();

  private static final List<Path> WRITTEN = new ArrayList<>();
  private static int users;

  /// By text.
  private static final Map<String, String> FOLDERS = new ConcurrentHashMap<>();

  private KeptPrompts() {}

  /// Where a text of that name is kept; `write` puts it there.
  static Path place(Path temporary, String name, String text) {
    var folder = FOLDERS.computeIfAbsent(text, KeptPrompts::hash);
    return temporary.resolve(OWN).resolve(folder).resolve(name);
  }

  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  static synchronized void write(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    var folder = file.resolveSibling(".").normalize();
    Files.createDirectories(folder);
    Durable.replaceUnsynced(file, text.getBytes(StandardCharsets.UTF_8));
    // In the order in which they can be deleted.
    WRITTEN.addAll(0, List.of(file, folder));
    WRITTEN.remove(folder.resolveSibling(".").normalize());
    WRITTEN.add(folder.resolveSibling(".").normalize());
  }

  /// Until it is closed the files stay.
  public static synchronized Use use() {
    users++;
    return new Use();
  }

  private static synchronized void leave() throws IOException {
    users--;
    if (users == 0) {
      for (var path : WRITTEN) {
        Files.deleteIfExists(path);
      }
      WRITTEN.clear();
    }
  }

  /// Somebody whose programs may be pointed to them.
  public static final class Use implements AutoCloseable {
    private Use() {}

    /// `Main` ends the JVM without its hooks, so nothing else deletes them.
    @Override
    public void close() throws IOException {
      leave();
    }
  }
}
