package adw.run;

import adw.json.DamagedFiles;
import adw.json.JsonFile;
import adw.os.NewFolders;
import adw.spend.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Where adw keeps what it knows of a repository: `<git common dir>/adw/`. It survives `git clean`,
/// is shared by all worktrees and cannot be committed. Prompts and logs may hold secrets, so nobody
/// else may look into it.
///
/// @param damages what was found in it that cannot be used
public record StateFolder(Path root, DamagedFiles damages) {
  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rwx------");

  public StateFolder(Path root) {
    this(root, new DamagedFiles());
  }

  public static StateFolder of(Path commonDir) {
    return new StateFolder(commonDir.resolve("adw"));
  }

  /// One of the small files that hold what the loop has noted.
  public JsonFile json(String name) {
    return new JsonFile(root.resolve(name), damages);
  }

  /// Makes its folder; an older adw left it open to all.
  public StateFolder createRoot() throws IOException {
    NewFolders.make(root);
    if (Files.getFileStore(root).supportsFileAttributeView(PosixFileAttributeView.class)
        && !Files.getPosixFilePermissions(root).equals(OURS_ALONE)) {
      Files.setPosixFilePermissions(root, OURS_ALONE);
    }
    return this;
  }

  /// What was spent, one line a call; the folder is made where it is missing.
  public Ledger openLedger() throws IOException {
    createRoot();
    return new Ledger(ledger(), damages);
  }

  /// Makes the folders that a daemon writes to, and clears those that are in the way of its files.
  public StateFolder create() throws IOException {
    createRoot();
    for (var folder : new Path[] {journal(), live(), open(), requests(), runs(), daemons()}) {
      NewFolders.make(folder);
    }
    new MisplacedFolders(this).clear();
    return this;
  }

  /// The lock in front of every write to the task file; never replaced, never deleted.
  public Path tasksLock() {
    return root.resolve("tasks.lock");
  }

  /// The daemon's own edits of the task file.
  public Path journal() {
    return root.resolve("journal");
  }

  /// One empty file a run that holds a slot.
  public Path live() {
    return root.resolve("live");
  }

  /// One empty file a run that has not ended, waiting ones too.
  public Path open() {
    return root.resolve("open");
  }

  public Path requests() {
    return root.resolve("requests");
  }

  public Path runs() {
    return root.resolve("runs");
  }

  public Path run(String id) {
    return runs().resolve(id);
  }

  /// Its folder is there after this; asked first, since to fail at making it costs more.
  void createRun(String id) throws IOException {
    if (!Files.isDirectory(run(id))) {
      NewFolders.make(run(id));
    }
  }

  /// One file a worktree that is made ahead, under the id of its run to come.
  public Path ready() {
    return root.resolve("ready");
  }

  /// One locked file a daemon, held for its life.
  public Path daemons() {
    return root.resolve("daemons");
  }

  /// There while nothing may start; its text says why.
  public Path paused() {
    return root.resolve("paused");
  }

  /// Changes whenever every daemon is asked to stop.
  public Path stop() {
    return root.resolve("stop");
  }

  public Path ledger() {
    return root.resolve("ledger.jsonl");
  }
}
