package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// Writes a tree's files into an empty folder, folder by folder on several threads, and gives the
/// index that belongs to them.
final class Checkout {
  // Enough work for a thread not to be worth splitting.
  private static final int CHUNK = 256;
  private static final String ATTRIBUTES = ".gitattributes";

  private final Store store;
  private final KeptObjects kept;
  private final long seconds;
  // One a thread: each keeps the bases of deltas it has just read.
  private final Map<Thread, ObjectSource> readers = new ConcurrentHashMap<>();

  /// `seconds` is the time that all files get: one before the index's own second, or git would read
  /// each of them again to see whether it was changed meanwhile.
  Checkout(Store store, KeptObjects kept, long seconds) {
    this.store = store;
    this.kept = kept;
    this.seconds = seconds;
  }

  private ObjectSource reader() {
    return readers.computeIfAbsent(Thread.currentThread(), _ -> new ObjectSource(store, kept));
  }

  Index write(Directory top, ObjectId tree, Attributes attributes)
      throws IOException, InterruptedException, UnfitException {
    try {
      var root = Workers.run(new Folder(new byte[0], new byte[0], tree, top, attributes));
      var entries = new ArrayList<IndexEntry>();
      return new Index(entries, root.flatten(entries), seconds);
    } finally {
      readers.values().forEach(ObjectSource::close);
    }
  }

  /// What a folder holds, in the index's order.
  private sealed interface Part {}

  private record Leaf(IndexEntry entry) implements Part {}

  @SuppressWarnings("ArrayRecordComponent") // a name, never changed
  private record Written(byte[] name, ObjectId tree, List<Part> parts) implements Part {
    CacheTree flatten(List<IndexEntry> entries) {
      var before = entries.size();
      var folders = new ArrayList<CacheTree>();
      for (var part : parts) {
        switch (part) {
          case Leaf(var entry) -> entries.add(entry);
          case Written folder -> folders.add(folder.flatten(entries));
        }
      }
      var node = CacheTree.of(name, entries.size() - before, tree, folders);
      node.keepOnly(folders);
      return node;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a name, never changed
  private record Item(int mode, byte[] name, ObjectId id) {
    boolean isFolder() {
      return mode == 040000;
    }
  }

  private final class Folder extends RecursiveTask<Written> {
    private static final long serialVersionUID = 1L;

    private final transient byte[] prefix;
    private final transient byte[] name;
    private final transient ObjectId tree;
    private final transient Directory parent;
    private final transient Attributes outer;

    Folder(byte[] prefix, byte[] name, ObjectId tree, Directory parent, Attributes outer) {
      this.prefix = prefix;
      this.name = name;
      this.tree = tree;
      this.parent = parent;
      this.outer = outer;
    }

    @Override
    protected Written compute() {
      try {
        if (name.length == 0) {
          return write(parent);
        }
        try (var own = parent.make(name)) {
          return write(own);
        }
      } catch (IOException | UnfitException e) {
        throw new Workers.Stop(e);
      }
    }

    private Written write(Directory own) throws IOException, UnfitException {
      var items = parse(reader().open(tree, Constants.OBJ_TREE).getCachedBytes());
      var attributes = attributes(items);
      var folders = new ArrayList<Folder>();
      var files = new ArrayList<Files>();
      var chunk = new ArrayList<Item>();
      for (var item : items) {
        if (item.isFolder()) {
          folders.add(new Folder(path(item.name, "/"), item.name, item.id, own, attributes));
        } else {
          chunk.add(item);
        }
        if (chunk.size() == CHUNK) {
          files.add(new Files(prefix, List.copyOf(chunk), own, attributes));
          chunk.clear();
        }
      }
      files.add(new Files(prefix, List.copyOf(chunk), own, attributes));
      // All have ended when this returns or throws: they use this folder's handle.
      ForkJoinTask.invokeAll(Stream.concat(folders.stream(), files.stream()).toList());
      return new Written(name, tree, join(items, folders, files));
    }

    private static List<Part> join(List<Item> items, List<Folder> folders, List<Files> files) {
      var nextFolder = folders.iterator();
      var nextFile = files.stream().flatMap(some -> some.join().stream()).iterator();
      var parts = new ArrayList<Part>(items.size());
      for (var item : items) {
        parts.add(item.isFolder() ? nextFolder.next().join() : new Leaf(nextFile.next()));
      }
      return parts;
    }

    private Attributes attributes(List<Item> items) throws IOException, UnfitException {
      for (var item : items) {
        if (!item.isFolder() && Arrays.equals(item.name, ATTRIBUTES.getBytes(UTF_8))) {
          if (item.mode == IndexEntry.LINK) {
            throw new UnfitException("a .gitattributes that is a link");
          }
          var content = reader().open(item.id, Constants.OBJ_BLOB).getCachedBytes();
          return outer.in(new String(prefix, UTF_8), content);
        }
      }
      return outer;
    }

    private byte[] path(byte[] file, String end) {
      return Checkout.path(prefix, file, end);
    }
  }

  private static byte[] path(byte[] prefix, byte[] file, String end) {
    var path = Arrays.copyOf(prefix, prefix.length + file.length + end.length());
    System.arraycopy(file, 0, path, prefix.length, file.length);
    if (!end.isEmpty()) {
      path[path.length - 1] = '/';
    }
    return path;
  }

  /// Lines of a tree object: mode, blank, name, zero, 20 bytes of id.
  private static List<Item> parse(byte[] tree) throws UnfitException {
    var items = new ArrayList<Item>();
    for (var at = 0; at < tree.length; ) {
      var mode = 0;
      for (; tree[at] != ' '; at++) {
        mode = mode * 8 + tree[at] - '0';
      }
      var from = ++at;
      while (tree[at] != 0) {
        at++;
      }
      var name = Arrays.copyOfRange(tree, from, at);
      items.add(checked(new Item(mode, name, ObjectId.fromRaw(tree, at + 1))));
      at += 1 + Constants.OBJECT_ID_LENGTH;
    }
    return items;
  }

  private static Item checked(Item item) throws UnfitException {
    if (item.mode == IndexEntry.REPOSITORY) {
      throw new UnfitException("submodules");
    }
    if (Names.isSuspect(item.name)) {
      throw new UnfitException("the name " + new String(item.name, UTF_8));
    }
    return item;
  }

  private final class Files extends RecursiveTask<List<IndexEntry>> {
    private static final long serialVersionUID = 1L;

    private final transient byte[] prefix;
    private final transient List<Item> items;
    private final transient Directory folder;
    private final transient Attributes attributes;
    private final transient boolean plain;

    Files(byte[] prefix, List<Item> items, Directory folder, Attributes attributes) {
      this.prefix = prefix;
      this.items = items;
      this.folder = folder;
      this.attributes = attributes;
      this.plain = !attributes.mayConvert();
    }

    @Override
    protected List<IndexEntry> compute() {
      try {
        var entries = new ArrayList<IndexEntry>(items.size());
        for (var item : items) {
          entries.add(write(item));
        }
        return entries;
      } catch (IOException | UnfitException e) {
        throw new Workers.Stop(e);
      }
    }

    private IndexEntry write(Item item) throws IOException, UnfitException {
      var path = path(prefix, item.name, "");
      var wanted = Wanted.of(item.mode, item.id);
      var blob = reader().open(item.id, Constants.OBJ_BLOB);
      var conversion = plain ? Conversion.NONE : attributes.conversion(path);
      var state = new Blobs(seconds).write(wanted, blob, folder, item.name, conversion);
      return new IndexEntry(path, wanted.mode(), item.id, IndexStat.of(state));
    }
  }
}
