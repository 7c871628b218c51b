package adw.git;

import adw.git.config.UnsupportedException;
import adw.os.Directory;
import adw.os.FileStat;
import adw.os.FolderSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;

/// What a worktree looks like that nobody has touched since it was made: each file as an index
/// says, each folder with the state it had then, so that nothing has come or gone in it. Much less
/// than a status: no folder is listed, no file is opened. Where the system can seal the folders, a
/// seal that is whole says the same without a look at any of them.
final class PoolCheck implements AutoCloseable {
  // Enough files for another thread to be worth it.
  private static final int MANY = 2000;

  private final long folders;
  private final Optional<FolderSeal> seal;

  private PoolCheck(long folders, Optional<FolderSeal> seal) {
    this.folders = folders;
    this.seal = seal;
  }

  /// The seal is set before the look, so that nothing is missed by both.
  static PoolCheck of(Path folder, Index index)
      throws IOException, InterruptedException, UnsupportedException {
    var seal = FolderSeal.trySet(folder, folders(index), ".git");
    var seen = look(folder, index);
    if (!seen.isClean) {
      // A seal that is closed counts as broken.
      seal.ifPresent(FolderSeal::close);
    }
    return new PoolCheck(seen.folders, seal);
  }

  private static List<byte[]> folders(Index index) {
    var folders = new ArrayList<byte[]>();
    var before = new byte[0];
    for (var entry : index.entries()) {
      var path = entry.path();
      for (var slash = newFolder(before, path, 0); slash >= 0; ) {
        folders.add(Arrays.copyOf(path, slash));
        slash = newFolder(before, path, slash + 1);
      }
      before = path;
    }
    return folders;
  }

  /// The end of the next folder on this way that was not on the way before; -1 if there is none.
  private static int newFolder(byte[] before, byte[] path, int from) {
    return CacheTree.indexOfSlash(path, Math.max(from, Arrays.mismatch(before, path)));
  }

  /// What it is compared with, read only if the seal does not tell.
  interface Files {
    Index read() throws IOException, UnsupportedException;
  }

  boolean isStill(Path folder, Files files)
      throws IOException, InterruptedException, UnsupportedException {
    return switch (seal.isPresent() ? seal.get().look() : FolderSeal.State.DOUBTFUL) {
      case WHOLE -> true;
      case BROKEN -> false;
      case DOUBTFUL -> {
        var seen = look(folder, files.read());
        yield seen.isClean && seen.folders == folders;
      }
    };
  }

  private static Seen look(Path folder, Index index)
      throws IOException, InterruptedException, UnsupportedException {
    try (var top = Directory.open(folder)) {
      var workers = new FileWorkers();
      return workers.run(new Look(workers, top, index, 0, index.entries().size()));
    }
  }

  /// Whoever watches the folders of a worktree in use is told of each change there.
  @Override
  public void close() {
    seal.ifPresent(FolderSeal::close);
  }

  /// `folders` is a sum over the states of folders: the same in any order.
  private record Seen(boolean isClean, long folders) {
    Seen and(Seen other) {
      return new Seen(isClean && other.isClean, folders + other.folders);
    }
  }

  /// The files from one to another, and the folders that begin among them. Nothing is opened; a
  /// folder that has become a link is seen by its own state.
  private static final class Look extends RecursiveTask<Seen> {
    private static final long serialVersionUID = 1L;

    private final transient FileWorkers workers;
    private final transient Directory top;
    private final transient Index index;
    private final transient int from;
    private final transient int to;
    private transient boolean clean = true;
    private transient long folders;

    Look(FileWorkers workers, Directory top, Index index, int from, int to) {
      this.workers = workers;
      this.top = top;
      this.index = index;
      this.from = from;
      this.to = to;
    }

    @Override
    protected Seen compute() {
      if (to - from <= MANY) {
        workers.attempt(this::look);
        return new Seen(clean, folders);
      }
      var parts = new ArrayList<Look>();
      for (var at = from; at < to; at += MANY) {
        parts.add(new Look(workers, top, index, at, Math.min(to, at + MANY)));
      }
      ForkJoinTask.invokeAll(parts);
      return parts.stream().map(Look::join).reduce(new Seen(true, 0), Seen::and);
    }

    private void look() throws IOException {
      weigh(Optional.of(top.state()));
      var before = new byte[0];
      for (var entry : index.entries().subList(from, to)) {
        var path = entry.path();
        for (var slash = newFolder(before, path, 0); slash >= 0; ) {
          weigh(top.find(Arrays.copyOf(path, slash)));
          slash = newFolder(before, path, slash + 1);
        }
        clean &= top.find(path).filter(entry.stat()::matches).isPresent();
        before = path;
      }
    }

    /// All parts of its state, mixed, lest two changes cancel each other out.
    private void weigh(Optional<FileStat> folder) {
      folder.ifPresentOrElse(
          state ->
              folders += (state.hashCode() + 0x9e3779b9L * state.inode()) * 0x9e3779b97f4a7c15L,
          () -> clean = false);
    }
  }
}
