package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.git.content.Conversion;
import adw.os.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Makes the folders of a tree and lists its files, on several threads.
final class CheckoutPlan {
  private static final byte[] ATTRIBUTES = ".gitattributes".getBytes(UTF_8);
  private static final byte[] NONE = {};
  private static final int FOLDER = 040000;
  // Of fewer things in a folder, opening it costs what it saves.
  private static final int SEVERAL = 4;

  private final FileWorkers workers;
  private final ObjectReaders readers;
  private final PackPositions positions;
  private final Directory top;

  CheckoutPlan(FileWorkers workers, ObjectReaders readers, PackPositions positions, Directory top) {
    this.workers = workers;
    this.readers = readers;
    this.positions = positions;
    this.top = top;
  }

  ForkJoinTask<Folder> of(ObjectId tree, Attributes outer) {
    return new Listing(NONE, NONE, NONE, tree, outer);
  }

  /// What a folder holds, in the index's order.
  sealed interface Part {}

  /// A file to be written; then it has its line of the index.
  static final class File implements Part {
    private final byte[] folder;
    private final byte[] path;
    private final CheckoutEntry wanted;
    private final Attributes attributes;
    private final long position;
    private @Nullable IndexEntry entry;

    private File(
        byte[] folder, byte[] path, CheckoutEntry wanted, Attributes attributes, long position) {
      this.folder = folder;
      this.path = path;
      this.wanted = wanted;
      this.attributes = attributes;
      this.position = position;
    }

    /// Of its blob among the packs.
    long position() {
      return position;
    }

    /// Where it is best written from, a folder above it: a path that ends in "/", or is empty at
    /// the top.
    byte[] folder() {
      return folder;
    }

    /// From that folder on.
    byte[] name() {
      return Arrays.copyOfRange(path, folder.length, path.length);
    }

    CheckoutEntry wanted() {
      return wanted;
    }

    Conversion conversion() throws UnsupportedException {
      return attributes.mayConvert() ? attributes.conversion(path) : Conversion.NONE;
    }

    void isWritten(IndexStat stat) {
      entry = new IndexEntry(path, wanted.mode(), wanted.id(), stat);
    }

    IndexEntry entry() {
      return Objects.requireNonNull(entry, "a file that was not written");
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a name, never changed
  record Folder(byte[] name, ObjectId tree, List<Part> parts) implements Part {
    CacheTree flatten(List<File> files) {
      var before = files.size();
      var folders = new ArrayList<CacheTree>();
      for (var part : parts) {
        switch (part) {
          case File file -> files.add(file);
          case Folder folder -> folders.add(folder.flatten(files));
        }
      }
      var node = CacheTree.of(name, files.size() - before, tree, folders);
      node.keepOnly(folders);
      return node;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a name, never changed
  private record Item(int mode, byte[] name, ObjectId id) {
    boolean isFolder() {
      return mode == FOLDER;
    }

    boolean isAttributes() {
      return !isFolder() && Arrays.equals(name, ATTRIBUTES);
    }
  }

  private final class Listing extends RecursiveTask<Folder> {
    private static final long serialVersionUID = 1L;

    private final transient byte[] outside;
    private final transient byte[] prefix;
    private final transient byte[] name;
    private final transient ObjectId tree;
    private final transient Attributes outer;
    private final transient List<Part> parts = new ArrayList<>();

    Listing(byte[] outside, byte[] prefix, byte[] name, ObjectId tree, Attributes outer) {
      this.outside = outside;
      this.prefix = prefix;
      this.name = name;
      this.tree = tree;
      this.outer = outer;
    }

    @Override
    protected Folder compute() {
      workers.attempt(this::list);
      return new Folder(name, tree, parts);
    }

    private void list() throws IOException, UnsupportedException {
      if (prefix.length > 0) {
        top.makeFolder(Arrays.copyOf(prefix, prefix.length - 1));
      }
      var items = parse(readers.ofThread().open(tree, Constants.OBJ_TREE).getCachedBytes());
      var attributes = attributes(items);
      var from = items.size() < SEVERAL ? outside : prefix;
      var folders = new ArrayList<Listing>();
      for (var item : items) {
        if (item.isFolder()) {
          var path = joined(prefix, item.name, "/");
          folders.add(new Listing(from, path, item.name, item.id, attributes));
        }
      }
      ForkJoinTask.invokeAll(folders);
      var next = folders.iterator();
      for (var item : items) {
        parts.add(item.isFolder() ? next.next().join() : file(from, item, attributes));
      }
    }

    private File file(byte[] from, Item item, Attributes attributes) {
      var wanted = CheckoutEntry.of(item.mode, item.id);
      return new File(
          from, joined(prefix, item.name, ""), wanted, attributes, positions.of(item.id));
    }

    private Attributes attributes(List<Item> items) throws IOException, UnsupportedException {
      for (var item : items) {
        if (item.isAttributes()) {
          if (item.mode == IndexEntry.LINK) {
            throw new UnsupportedException("a .gitattributes that is a link");
          }
          var content = readers.ofThread().open(item.id, Constants.OBJ_BLOB).getCachedBytes();
          return outer.in(new String(prefix, UTF_8), content);
        }
      }
      return outer;
    }
  }

  private static byte[] joined(byte[] folder, byte[] name, String end) {
    var path = Arrays.copyOf(folder, folder.length + name.length + end.length());
    System.arraycopy(name, 0, path, folder.length, name.length);
    if (!end.isEmpty()) {
      path[path.length - 1] = '/';
    }
    return path;
  }

  /// Lines of a tree object: mode, blank, name, zero, 20 bytes of id.
  private static List<Item> parse(byte[] tree) throws UnsupportedException {
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

  private static Item checked(Item item) throws UnsupportedException {
    if (item.mode == IndexEntry.REPOSITORY) {
      throw new UnsupportedException("submodules");
    }
    if (UnsafeNames.isSuspect(item.name)) {
      throw new UnsupportedException("the name " + new String(item.name, UTF_8));
    }
    return item;
  }
}
