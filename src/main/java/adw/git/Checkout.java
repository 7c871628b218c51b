package adw.git;

import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.os.Directory;
import adw.os.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import org.eclipse.jgit.lib.ObjectId;

/// Writes a tree's files into an empty folder on several threads and gives the index that belongs
/// to them: first all folders, then the files, in the order in which the packs hold their blobs. So
/// the base of a delta has just been read when the delta comes, and no link can stand where a
/// folder is to be.
final class Checkout {
  // Enough files for another thread to be worth it.
  private static final int CHUNK = 128;

  private final ObjectStore store;
  private final KeptObjects kept;
  private final long seconds;

  /// `seconds` is the time that all files get: one before the index's own second, or git would read
  /// each of them again to see whether it was changed meanwhile.
  Checkout(ObjectStore store, KeptObjects kept, long seconds) {
    this.store = store;
    this.kept = kept;
    this.seconds = seconds;
  }

  Index write(Directory top, ObjectId tree, Attributes attributes)
      throws IOException, InterruptedException, UnsupportedException {
    var workers = new FileWorkers();
    try (var packs = new Packs(store);
        var sources = new ObjectSources(store, packs, kept);
        var places = new OpenPlaces()) {
      var root = workers.run(new CheckoutPlan(workers, sources, places).of(top, tree, attributes));
      var files = new ArrayList<CheckoutPlan.File>();
      var folders = root.flatten(files);
      var sorted = new PackOrder(workers, sources).sort(files);
      workers.run(new Writing(workers, sources, sorted));
      var entries = new ArrayList<IndexEntry>(files.size());
      files.forEach(file -> entries.add(file.entry()));
      return new Index(entries, folders, seconds);
    }
  }

  /// A run of neighbours: halved, so that each thread keeps to its own end.
  private final class Writing extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient FileWorkers workers;
    private final transient ObjectSources sources;
    private final transient List<CheckoutPlan.File> files;

    Writing(FileWorkers workers, ObjectSources sources, List<CheckoutPlan.File> files) {
      this.workers = workers;
      this.sources = sources;
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
          new Writing(workers, sources, files.subList(0, middle)),
          new Writing(workers, sources, files.subList(middle, files.size())));
    }

    private void write() throws IOException, UnsupportedException {
      var source = sources.ofThread();
      for (var file : files) {
        file.isWritten(IndexStat.of(write(file, source)));
      }
    }

    private FileStat write(CheckoutPlan.File file, ObjectSource source)
        throws IOException, UnsupportedException {
      var wanted = file.wanted();
      var conversion = file.conversion();
      if (conversion.isPlain() && !wanted.isLink()) {
        var kept = source.findKept(wanted.id());
        if (kept.isPresent()) {
          return file.folder().write(file.name(), wanted.isExecutable(), kept.get(), seconds);
        }
      }
      return new SmudgeFilter(seconds)
          .write(wanted, source.open(file), file.folder(), file.name(), conversion);
    }
  }
}
