package adw.git;

import adw.os.Directory;
import adw.os.PosixState;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;

/// What a worktree looks like that nobody has touched since it was made: each file as its index
/// says, each folder with the state it had then, so that nothing has come or gone in it. Much less
/// than a status: no folder is listed, no file is opened.
record Untouched(long folders) {
  // Enough files for another thread to be worth it.
  private static final int MANY = 2000;

  static Untouched of(Path folder, Index index)
      throws IOException, InterruptedException, UnfitException {
    try (var top = Directory.open(folder)) {
      return new Untouched(
          new Workers().run(new Look(top, index, 0, index.entries().size())).folders);
    }
  }

  boolean isStill(Path folder, Index index)
      throws IOException, InterruptedException, UnfitException {
    try (var top = Directory.open(folder)) {
      var seen = new Workers().run(new Look(top, index, 0, index.entries().size()));
      return seen.isClean && seen.folders == folders;
    }
  }

  /// `folders` is a sum over the states of folders: the same in any order.
  private record Seen(boolean isClean, long folders) {
    Seen and(Seen other) {
      return new Seen(isClean && other.isClean, folders + other.folders);
    }
  }

  /// The files from one to another, and the folders that begin among them.
  private static final class Look extends RecursiveTask<Seen> {
    private static final long serialVersionUID = 1L;

    private final transient Directory top;
    private final transient Index index;
    private final transient int from;
    private final transient int to;

    Look(Directory top, Index index, int from, int to) {
      this.top = top;
      this.index = index;
      this.from = from;
      this.to = to;
    }

    @Override
    protected Seen compute() {
      if (to - from <= MANY) {
        return look();
      }
      var parts = new ArrayList<Look>();
      for (var at = from; at < to; at += MANY) {
        parts.add(new Look(top, index, at, Math.min(to, at + MANY)));
      }
      ForkJoinTask.invokeAll(parts);
      return parts.stream().map(Look::join).reduce(new Seen(true, 0), Seen::and);
    }

    private Seen look() {
      try (var way = new Descent(top)) {
        var clean = true;
        for (var i = from; i < to; i++) {
          var entry = index.entries().get(i);
          clean &= way.find(entry.path()).filter(entry.stat()::matches).isPresent();
        }
        return new Seen(clean, way.folders);
      } catch (FileSystemException _) {
        // A folder is gone, or is none any more.
        return new Seen(false, 0);
      } catch (IOException e) {
        throw new Workers.Stop(e);
      }
    }
  }

  /// The way from the top to one file after another, in the index's order.
  private static final class Descent implements AutoCloseable {
    private final Directory top;
    private final List<Step> open = new ArrayList<>();
    private long folders;

    @SuppressWarnings("ArrayRecordComponent") // a path that ends in "/", never changed
    private record Step(byte[] path, Directory folder) {}

    Descent(Directory top) throws IOException {
      this.top = top;
      weigh(top);
    }

    Optional<PosixState> find(byte[] path) throws IOException {
      while (!open.isEmpty() && !isBelow(path, open.getLast().path)) {
        open.removeLast().folder.close();
      }
      var from = open.isEmpty() ? 0 : open.getLast().path.length;
      for (int slash; (slash = CacheTree.indexOfSlash(path, from)) >= 0; from = slash + 1) {
        var folder = last().enter(Arrays.copyOfRange(path, from, slash));
        open.add(new Step(Arrays.copyOf(path, slash + 1), folder));
        weigh(folder);
      }
      return last().find(Arrays.copyOfRange(path, from, path.length));
    }

    private Directory last() {
      return open.isEmpty() ? top : open.getLast().folder;
    }

    private static boolean isBelow(byte[] path, byte[] folder) {
      return Arrays.mismatch(path, folder) == folder.length;
    }

    /// All parts of its state, mixed, lest two changes cancel each other out.
    private void weigh(Directory folder) throws IOException {
      var state = folder.state();
      folders += (state.hashCode() + 0x9e3779b9L * state.inode()) * 0x9e3779b97f4a7c15L;
    }

    @Override
    public void close() throws IOException {
      for (var step : open) {
        step.folder.close();
      }
    }
  }
}
