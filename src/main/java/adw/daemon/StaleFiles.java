package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonLock;
import adw.os.DurableFiles;
import adw.os.FileTrees;
import adw.os.TextFile;
import adw.os.process.SupervisedProcess;
import adw.text.RunId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What crashes have left in STATE: files that were about to be written, files of dead daemons,
/// slots and ports of runs that are over, folders of runs that never got a record. Cleared under
/// the task-file lock by a daemon that is alone.
final class StaleFiles {
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  private static final Set<String> ELSEWHERE = Set.of("runs", "branches", "kept", "misplaced");

  private final DaemonContext context;

  StaleFiles(DaemonContext context) {
    this.context = context;
  }

  /// @param self the daemon that asks
  void clear(String self) throws IOException {
    var live = DaemonLock.findLive(context.state());
    if (!live.equals(Set.of(self))) {
      return;
    }
    DaemonLock.clearDead(context.state());
    clearAllDrafts(context.state().root());
    FileTrees.delete(context.state().root().resolve("objects")); // a cache of older versions
    clearSlots();
    clearPorts();
    clearRuns();
  }

  /// Of runs there may be thousands, each is looked at below; the rest is not ours alone.
  private void clearAllDrafts(Path folder) throws IOException {
    clearDrafts(folder);
    for (var inner : entries(folder)) {
      if (Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)
          && !ELSEWHERE.contains(context.state().root().relativize(inner).toString())) {
        clearAllDrafts(inner);
      }
    }
  }

  private static void clearDrafts(Path folder) throws IOException {
    for (var file : entries(folder)) {
      if (DurableFiles.isAbandonedDraft(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// A slot whose run is over would be taken for ever.
  private void clearSlots() throws IOException {
    for (var id : context.runs().liveIds()) {
      if (!isOpen(id)) {
        context.runs().freeSlot(id);
      }
    }
  }

  private boolean isOpen(String id) {
    return Files.exists(context.state().open().resolve(id)) || isReady(id);
  }

  /// A worktree is made ready for it: whoever made that, or comes after, clears it.
  private boolean isReady(String id) {
    return Files.exists(context.state().ready().resolve(id));
  }

  private void clearPorts() throws IOException {
    for (var lease : entries(context.state().root().resolve("ports"))) {
      var isOurs = PORT.matcher(String.valueOf(lease.getFileName())).matches();
      if (isOurs && Files.isRegularFile(lease) && !isHeld(lease)) {
        Files.deleteIfExists(lease);
      }
    }
  }

  private boolean isHeld(Path lease) throws IOException {
    var holder = TextFile.readAny(lease);
    return RunId.isId(holder) && isOpen(holder);
  }

  /// A run whose record was never written has nothing but what was made ready for it. One that had
  /// a process had a record, and what it said may be wanted.
  private void clearRuns() throws IOException {
    for (var id : context.runs().ids()) {
      var folder = context.state().run(id);
      clearDrafts(folder);
      clearDrafts(folder.resolve("flow"));
      if (!Files.exists(folder.resolve("run.json")) && !isReady(id) && !hasProcess(folder)) {
        deleteAll(folder);
        context.runs().close(id);
        context.runs().freeSlot(id);
      }
    }
  }

  private static boolean hasProcess(Path folder) throws IOException {
    for (var process : entries(folder.resolve("proc"))) {
      if (!(SupervisedProcess.look(process) instanceof SupervisedProcess.NotStarted)) {
        return true;
      }
    }
    return false;
  }

  private static void deleteAll(Path folder) throws IOException {
    for (var file : entries(folder)) {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        deleteAll(file);
      } else {
        Files.deleteIfExists(file);
      }
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException used) {
      return; // somebody writes there: no leftover
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (var found = Files.newDirectoryStream(folder)) {
      var entries = new ArrayList<Path>();
      found.forEach(entries::add);
      return entries;
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }
}
