package adw.git;

import adw.git.config.WorktreeAdmin;
import adw.os.FileTrees;
import adw.os.TextFile;
import adw.os.process.Liveness;
import adw.os.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where worktrees made ahead are: below it each process has a folder of its own, with its identity
/// in it, so that what it leaves there is cleared once it is dead.
record PoolFolder(Path folder) {
  private static final String OWNER = "owner";

  static PoolFolder below(Path worktrees) {
    return new PoolFolder(worktrees.toAbsolutePath().normalize().resolve(".ready"));
  }

  Path make(int number) throws IOException {
    var own = own();
    if (!Files.exists(own.resolve(OWNER))) {
      Files.createDirectories(own);
      Files.writeString(own.resolve(OWNER), ProcessIdentity.self() + "\n");
    }
    return own.resolve("ready-" + own.getFileName() + "-" + number);
  }

  private Path own() {
    return folder.resolve(Long.toString(ProcessIdentity.self().pid()));
  }

  /// One too in whose making this process was interrupted.
  void clearOwn(Path commonDir) throws IOException {
    for (var each : WorktreeAdmin.all(commonDir)) {
      if (each.folder().filter(at -> at.startsWith(own())).isPresent()) {
        FileTrees.delete(each.folder().orElseThrow());
        FileTrees.delete(each.admin());
      }
    }
    FileTrees.delete(own());
    removeIfEmpty();
  }

  void clearAfterTheDead(Path commonDir) throws IOException {
    for (var each : WorktreeAdmin.all(commonDir)) {
      if (each.folder().filter(at -> at.startsWith(folder)).isPresent() && isOfTheDead(each)) {
        FileTrees.delete(each.folder().orElseThrow());
        FileTrees.delete(each.admin());
      }
    }
    if (Files.isDirectory(folder)) {
      try (var owned = Files.newDirectoryStream(folder)) {
        for (var each : owned) {
          clearAfterTheDeadIn(each);
        }
      }
      removeIfEmpty();
    }
  }

  private static boolean isOfTheDead(WorktreeAdmin each) throws IOException {
    return each.lockReason()
        .filter(reason -> reason.startsWith(StaleWorktrees.INITIALIZING))
        .map(reason -> reason.substring(StaleWorktrees.INITIALIZING.length()).strip())
        .filter(PoolFolder::isDead)
        .isPresent();
  }

  /// One that died while it gave a worktree away has left it without an own directory.
  private static void clearAfterTheDeadIn(Path owned) throws IOException {
    var owner = owned.resolve(OWNER);
    if (Files.exists(owner) && isDead(TextFile.readAny(owner))) {
      FileTrees.delete(owned);
    }
  }

  private static boolean isDead(String process) {
    return ProcessIdentity.parse(process).filter(who -> who.judge() == Liveness.DEAD).isPresent();
  }

  private void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException _) {
      // Others have theirs there.
    }
  }
}
