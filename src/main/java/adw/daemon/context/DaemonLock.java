package adw.daemon.context;

import adw.os.LockFile;
import adw.os.NewFolders;
import adw.os.TextFile;
import adw.os.process.ProcessIdentity;
import adw.run.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// That this daemon lives, told by a lock on a file of its own in `STATE/daemons`. The system drops
/// the lock with the process, however that ends, so a daemon is dead when its lock can be taken.
public final class DaemonLock implements AutoCloseable {
  private static final String WHO = ".who";
  private static final String HEARD = ".heard";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Path folder;
  private final String name;
  private final LockFile.Held held;

  private DaemonLock(Path folder, String name, LockFile.Held held) {
    this.folder = folder;
    this.name = name;
    this.held = held;
  }

  public static DaemonLock announce(StateFolder state, RandomGenerator random)
      throws IOException, InterruptedException {
    var folder = NewFolders.make(state.daemons());
    while (true) {
      var name = "%08x".formatted(random.nextInt());
      var held = LockFile.open(folder.resolve(name)).lock();
      if (Files.exists(folder.resolve(name))) {
        Files.writeString(
            folder.resolve(name + WHO), ProcessIdentity.self() + "\n", StandardCharsets.UTF_8);
        return new DaemonLock(folder, name, held);
      }
      held.close(); // another took the file for a dead one's before it was locked, and cleared it
    }
  }

  /// That this daemon has seen that all are to stop: one that only lives says nothing.
  public void hear() throws IOException {
    Files.writeString(folder.resolve(name + HEARD), "", StandardCharsets.UTF_8);
  }

  public static boolean hasHeard(StateFolder state, String name) {
    return Files.exists(state.daemons().resolve(name + HEARD));
  }

  /// The process of a daemon that lives, once it has written that down.
  public static Optional<ProcessIdentity> findProcess(StateFolder state, String name)
      throws IOException {
    try {
      return ProcessIdentity.parse(TextFile.readAny(state.daemons().resolve(name + WHO)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  public String name() {
    return name;
  }

  /// Names of the other daemons of this repository that live.
  public static Set<String> findLive(StateFolder state) throws IOException {
    var live = new HashSet<String>();
    for (var name : names(state.daemons())) {
      if (isLive(state, name)) {
        live.add(name);
      }
    }
    return live;
  }

  /// Whether the daemon of that name lives. A lock that can be taken belonged to a dead one, whose
  /// files are cleared.
  public static boolean isLive(StateFolder state, String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      return false; // a damaged record's: no name of any file here
    }
    var file = state.daemons().resolve(name);
    if (!Files.exists(file)) {
      LockFile.forget(file);
      return false;
    }
    var lock = LockFile.open(file);
    if (lock.isHeldHere()) {
      return true;
    }
    var taken = lock.tryLock();
    if (taken.isEmpty()) {
      return true;
    }
    try (var _ = taken.get()) {
      clear(state.daemons(), name);
    }
    LockFile.forget(file);
    return false;
  }

  /// Files of daemons that have ended, whichever of them are left.
  public static void clearDead(StateFolder state) throws IOException {
    var live = findLive(state);
    try (var files = Files.newDirectoryStream(state.daemons())) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        var dot = name.indexOf('.');
        if (dot > 0 && !live.contains(name.substring(0, dot))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void clear(Path folder, String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name + WHO));
    Files.deleteIfExists(folder.resolve(name + HEARD));
    Files.deleteIfExists(folder.resolve(name));
  }

  private static List<String> names(Path folder) throws IOException {
    var names = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (!name.contains(".")) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return names;
  }

  @Override
  public void close() throws IOException {
    clear(folder, name);
    held.close();
    LockFile.forget(folder.resolve(name));
  }
}
