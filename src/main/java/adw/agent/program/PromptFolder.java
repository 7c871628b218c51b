package adw.agent.program;

import adw.os.DurableFiles;
import adw.os.NewFolders;
import adw.os.RandomToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Instructions of roles, as files that programs are pointed to: written once for all calls of this
/// process, and gone with the last who uses them. One file a call would cost more than many a call
/// itself.
public final class PromptFolder {
  private static final String OWN = "adw-roles-" + RandomToken.create();

  /// The folders of this process: one in each temporary folder that was used.
  private static final Set<Path> ROOTS = new HashSet<>();

  private static int users;

  /// By text.
  private static final Map<String, String> FOLDERS = new ConcurrentHashMap<>();

  private PromptFolder() {}

  /// Where a text of that name is kept; `write` puts it there.
  static Path place(Path temporary, String name, String text) {
    var folder = FOLDERS.computeIfAbsent(text, PromptFolder::hash);
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
    NewFolders.makeWithParent(folder);
    ROOTS.add(folder.resolveSibling(".").normalize());
    DurableFiles.replaceUnsynced(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Until it is closed the files stay.
  public static synchronized Use use() {
    users++;
    return new Use();
  }

  private static synchronized void leave() throws IOException {
    users--;
    if (users == 0) {
      for (var root : ROOTS) {
        delete(root);
      }
      ROOTS.clear();
    }
  }

  private static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      try (var all = Files.walk(root)) {
        for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
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
