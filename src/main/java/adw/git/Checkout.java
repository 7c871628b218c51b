package adw.git;

import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.os.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/// Writes a tree's files into an empty folder on several threads and gives the index that belongs
/// to them: first all folders, then the files in the order in which the packs hold their blobs. No
/// link can stand where a folder is to be.
final class Checkout {
  // Enough files for another thread to be worth it.
  private static final int CHUNK = 128;

  private final ObjectStore store;
  private final SmudgeFilter filter;
  private final long seconds;

  /// `seconds` is the time that all files get: one before the index's own second, or git would read
  /// each of them again to see whether it was changed meanwhile.
  Checkout(ObjectStore store, long seconds) {
    this.store = store;
    this.filter = new SmudgeFilter(seconds);
    this.seconds = seconds;
  }

  Index write(Directory top, ObjectId tree, Attributes attributes)
      throws IOException, InterruptedException, UnsupportedException {
    var workers = new FileWorkers();
    try (var readers = new ObjectReaders(store)) {
      var plan = new CheckoutPlan(workers, readers, new PackPositions(store), top);
      var root = workers.run(plan.of(tree, attributes));
      var files = new ArrayList<CheckoutPlan.File>();
      var folders = root.flatten(files);
      var sorted = new ArrayList<>(files);
      sorted.sort(Comparator.comparingLong(CheckoutPlan.File::position));
      workers.run(new Writing(workers, readers, top, sorted));
      var entries = new ArrayList<IndexEntry>(files.size());
      files.forEach(file -> entries.add(file.entry()));
      return new Index(entries, folders, seconds);
    }
  }

  /// A run of neighbours: halved, so that each thread keeps to its own end.
  private final class Writing extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient FileWorkers workers;
    private final transient ObjectReaders readers;
    private final transient Directory top;
    private final transient List<CheckoutPlan.File> files;

    Writing(
        FileWorkers workers, ObjectReaders readers, Directory top, List<CheckoutPlan.File> files) {
      this.workers = workers;
      this.readers = readers;
      this.top = top;
      this.files = files;
    }

    @Override
    protected void compute() {
      if (files.size() <= CHUNK) {
        workers.attempt(this::write);
        return;
      }
      var middle = files.size() / 2;
      ForkJoinTask.invokeAll(
          new Writing(workers, readers, top, files.subList(0, middle)),
          new Writing(workers, readers, top, files.subList(middle, files.size())));
    }

    private void write() throws IOException, UnsupportedException {
      var reader = readers.ofThread();
      try (var last = new LastFolder(top)) {
        for (var file : files) {
          write(file, reader, last.enter(file.folder()));
        }
      }
    }

    private void write(CheckoutPlan.File file, ObjectReader reader, Directory folder)
        throws IOException, UnsupportedException {
      var wanted = file.wanted();
      var blob = reader.open(wanted.id(), Constants.OBJ_BLOB);
      var state = filter.write(wanted, blob, folder, file.name(), file.conversion());
      file.isWritten(IndexStat.of(state));
    }
  }

  /// The folder of the file that was written last: most often it is that of the next one too.
  private static final class LastFolder implements AutoCloseable {
    private final Directory top;
    private byte[] path = new byte[0];
    private @Nullable Directory open;

    LastFolder(Directory top) {
      this.top = top;
    }

    Directory enter(byte[] folder) throws IOException {
      if (!Arrays.equals(path, folder)) {
        close();
        path = folder;
        if (folder.length > 0) {
          open = top.enter(Arrays.copyOf(folder, folder.length - 1));
        }
      }
      return open == null ? top : open;
    }

    @Override
    public void close() throws IOException {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
