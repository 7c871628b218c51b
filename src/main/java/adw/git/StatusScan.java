package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.git.content.Ignores;
import adw.os.Directory;
import adw.os.FileStat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RecursiveAction;
import org.jspecify.annotations.Nullable;

/// Compares the files of a worktree with its index, as `git status` does: each known file's state
/// is looked at, and its content only if the state is another or too fresh to be trusted. Others
/// may be at work in it: what vanishes between two looks is gone.
final class StatusScan {
  private static final byte[] DOT_GIT = ".git".getBytes(UTF_8);
  private static final byte[] GITIGNORE = ".gitignore".getBytes(UTF_8);
  private static final byte[] ATTRIBUTES = ".gitattributes".getBytes(UTF_8);

  // Enough files for another thread to be worth it.
  private static final int MANY = 500;

  private final Index index;
  private final CleanFilter contents;
  private final Queue<StatusEntry> found = new ConcurrentLinkedQueue<>();

  StatusScan(Index index, CleanFilter contents) {
    this.index = index;
    this.contents = contents;
  }

  /// Sorted by path.
  List<StatusEntry> run(Directory top, Ignores ignores, Attributes attributes)
      throws IOException, InterruptedException, UnsupportedException {
    var all = new Branch(top, new byte[0], 0, index.entries().size(), () -> ignores, attributes);
    new FileWorkers().run(all);
    return found.stream().sorted((a, b) -> Arrays.compareUnsigned(a.path(), b.path())).toList();
  }

  /// What is ignored in a folder, asked for only if there is something new in it.
  private interface Lists {
    Ignores read() throws IOException;
  }

  /// One folder with all below it; the handle is its user's to close.
  private final class Branch extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient Directory folder;
    private final transient byte[] prefix;
    private final transient int from;
    private final transient int to;
    private final transient Lists outer;
    private final transient Attributes attributes;

    Branch(Directory folder, byte[] prefix, int from, int to, Lists outer, Attributes attributes) {
      this.folder = folder;
      this.prefix = prefix;
      this.from = from;
      this.to = to;
      this.outer = outer;
      this.attributes = attributes;
    }

    @Override
    protected void compute() {
      try {
        scan(folder, prefix, from, to, outer, attributes);
      } catch (IOException | UnsupportedException e) {
        throw new FileWorkers.Stop(e);
      }
    }
  }

  /// One name known to the index: a file, or a folder with the entries from `from` to `to`.
  @SuppressWarnings("ArrayRecordComponent") // a name, never changed
  private record Known(byte[] name, boolean folder, int from, int to) {}

  private void scan(
      Directory folder, byte[] prefix, int from, int to, Lists outerLists, Attributes outer)
      throws IOException, UnsupportedException {
    var known = known(prefix.length, from, to);
    var names = folder.list();
    names.sort(Arrays::compareUnsigned);
    var lists = once(() -> ignores(folder, prefix, names, outerLists.read()));
    var attributes = attributes(folder, prefix, names, outer);
    try (var branches = new Branches(folder, prefix, lists, attributes)) {
      var at = 0;
      for (var name : names) {
        for (; at < known.size() && Arrays.compareUnsigned(known.get(at).name, name) < 0; at++) {
          gone(known.get(at));
        }
        var here = at;
        for (; at < known.size() && Arrays.equals(known.get(at).name, name); at++) {
          branches.scan(known.get(at));
        }
        if (here == at && !Arrays.equals(name, DOT_GIT)) {
          scanNew(folder, prefix, name, lists.read());
        }
      }
      for (; at < known.size(); at++) {
        gone(known.get(at));
      }
    }
  }

  private static Lists once(Lists lists) {
    return new Lists() {
      private @Nullable Ignores known;

      @Override
      public synchronized Ignores read() throws IOException {
        var there = known;
        if (there == null) {
          there = lists.read();
          known = there;
        }
        return there;
      }
    };
  }

  /// What is known in one folder; large folders in it are looked at by other threads.
  private final class Branches implements AutoCloseable {
    private final Directory folder;
    private final byte[] prefix;
    private final Lists lists;
    private final Attributes attributes;
    private final List<Branch> running = new ArrayList<>();

    Branches(Directory folder, byte[] prefix, Lists lists, Attributes attributes) {
      this.folder = folder;
      this.prefix = prefix;
      this.lists = lists;
      this.attributes = attributes;
    }

    void scan(Known known) throws IOException, UnsupportedException {
      var state = folder.find(known.name);
      if (state.isEmpty() || state.get().isDirectory() != known.folder) {
        gone(known);
        if (state.isPresent()) {
          scanNew(folder, prefix, known.name, lists.read());
        }
      } else if (known.folder) {
        scanFolder(known);
      } else {
        compare(folder, known, state.get(), attributes);
      }
    }

    private void scanFolder(Known known) throws IOException, UnsupportedException {
      var path = join(prefix, known.name, "/");
      var below = once(() -> below(known));
      var there = folder.findFolder(known.name);
      if (there.isEmpty()) {
        gone(known);
        return;
      }
      var inner = there.get();
      var branch = new Branch(inner, path, known.from, known.to, below, attributes);
      if (known.to - known.from >= MANY) {
        running.add(branch);
        branch.fork();
        return;
      }
      try (inner) {
        StatusScan.this.scan(inner, path, known.from, known.to, below, attributes);
      }
    }

    private Ignores below(Known known) throws IOException {
      var here = lists.read();
      return here.isIgnored(text(prefix, known.name), true) ? here.all() : here;
    }

    /// Waits for all: they use handles that are closed then.
    @Override
    public void close() throws IOException {
      running.forEach(Branch::quietlyJoin);
      for (var branch : running) {
        branch.folder.close();
      }
      running.forEach(Branch::join);
    }
  }

  private Ignores ignores(Directory folder, byte[] prefix, List<byte[]> names, Ignores outer)
      throws IOException {
    if (outer.isAllIgnored() || !isFile(folder, names, GITIGNORE)) {
      return outer;
    }
    var content = folder.tryRead(GITIGNORE);
    return content.isPresent() ? outer.in(new String(prefix, UTF_8), content.get()) : outer;
  }

  private Attributes attributes(
      Directory folder, byte[] prefix, List<byte[]> names, Attributes outer)
      throws IOException, UnsupportedException {
    if (!isFile(folder, names, ATTRIBUTES)) {
      return outer;
    }
    var content = folder.tryRead(ATTRIBUTES);
    return content.isPresent() ? outer.in(new String(prefix, UTF_8), content.get()) : outer;
  }

  private static boolean isFile(Directory folder, List<byte[]> names, byte[] name)
      throws IOException {
    return java.util.Collections.binarySearch(names, name, Arrays::compareUnsigned) >= 0
        && folder.find(name).filter(FileStat::isFile).isPresent();
  }

  /// The names in one folder of the index, sorted by their bytes alone.
  private List<Known> known(int skip, int from, int to) {
    var known = new ArrayList<Known>();
    for (var i = from; i < to; ) {
      var path = index.entries().get(i).path();
      var slash = CacheTree.indexOfSlash(path, skip);
      var end = i + 1;
      if (slash < 0) {
        while (end < to && Arrays.equals(index.entries().get(end).path(), path)) {
          end++;
        }
        known.add(new Known(Arrays.copyOfRange(path, skip, path.length), false, i, end));
      } else {
        while (end < to && isBelow(index.entries().get(end).path(), path, slash)) {
          end++;
        }
        known.add(new Known(Arrays.copyOfRange(path, skip, slash), true, i, end));
      }
      i = end;
    }
    known.sort(Comparator.comparing(Known::name, Arrays::compareUnsigned));
    return known;
  }

  private static boolean isBelow(byte[] path, byte[] first, int slash) {
    return path.length > slash && Arrays.equals(path, 0, slash + 1, first, 0, slash + 1);
  }

  private void gone(Known known) {
    for (var entry : index.entries().subList(known.from, known.to)) {
      if (!entry.isUnwatched()) {
        found.add(
            new StatusEntry(
                entry.path(), Optional.of(entry), Optional.empty(), StatusEntry.Kind.GONE));
      }
    }
  }

  private void compare(Directory folder, Known known, FileStat state, Attributes attributes)
      throws IOException, UnsupportedException {
    var entry = index.entries().get(known.from);
    if (entry.isUnwatched()) {
      return;
    }
    if (entry.isUnmerged() || entry.isIntended() || !isSameType(entry, state)) {
      add(entry, state, StatusEntry.Kind.CHANGED);
    } else if (!entry.stat().matches(state) || index.isRacy(entry)) {
      compareContent(folder, known, state, attributes);
    }
  }

  private void compareContent(Directory folder, Known known, FileStat state, Attributes attributes)
      throws IOException, UnsupportedException {
    var entry = index.entries().get(known.from);
    try {
      var same = contents.isSame(folder, known.name, state, entry, attributes);
      if (!same || !entry.stat().matches(state)) {
        add(entry, state, same ? StatusEntry.Kind.SAME_CONTENT : StatusEntry.Kind.CHANGED);
      }
    } catch (NoSuchFileException _) {
      gone(known);
    }
  }

  private void add(IndexEntry entry, FileStat state, StatusEntry.Kind kind) {
    found.add(new StatusEntry(entry.path(), Optional.of(entry), Optional.of(state), kind));
  }

  private static boolean isSameType(IndexEntry entry, FileStat state) {
    return switch (entry.mode()) {
      case IndexEntry.LINK -> state.isLink();
      case IndexEntry.EXECUTABLE -> state.isFile() && state.isExecutable();
      default -> state.isFile() && !state.isExecutable();
    };
  }

  private void scanNew(Directory folder, byte[] prefix, byte[] name, Ignores ignores)
      throws IOException {
    var state = folder.find(name);
    if (state.isEmpty() || ignores.isIgnored(text(prefix, name), state.get().isDirectory())) {
      return;
    }
    var path = join(prefix, name, "");
    if (state.get().isDirectory()) {
      scanNewFolder(folder, path, name, ignores);
    } else if (state.get().isFile() || state.get().isLink()) {
      found.add(new StatusEntry(path, Optional.empty(), state, StatusEntry.Kind.NEW));
    }
  }

  private void scanNewFolder(Directory folder, byte[] path, byte[] name, Ignores outer)
      throws IOException {
    var there = folder.findFolder(name);
    if (there.isEmpty()) {
      return;
    }
    try (var inner = there.get()) {
      var names = inner.list();
      names.sort(Arrays::compareUnsigned);
      if (names.stream().anyMatch(each -> Arrays.equals(each, DOT_GIT))) {
        found.add(
            new StatusEntry(path, Optional.empty(), Optional.empty(), StatusEntry.Kind.REPOSITORY));
        return;
      }
      var prefix = join(path, new byte[0], "/");
      var ignores = ignores(inner, prefix, names, outer);
      for (var each : names) {
        scanNew(inner, prefix, each, ignores);
      }
    }
  }

  private static String text(byte[] prefix, byte[] name) {
    return new String(join(prefix, name, ""), UTF_8);
  }

  private static byte[] join(byte[] prefix, byte[] name, String end) {
    var path = Arrays.copyOf(prefix, prefix.length + name.length + end.length());
    System.arraycopy(name, 0, path, prefix.length, name.length);
    if (!end.isEmpty()) {
      path[path.length - 1] = '/';
    }
    return path;
  }
}
