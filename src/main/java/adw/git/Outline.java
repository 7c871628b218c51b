package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

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
final class Outline {
  private static final byte[] ATTRIBUTES = ".gitattributes".getBytes(UTF_8);
  private static final int FOLDER = 040000;

  private final Workers workers;
  private final ObjectSources sources;
  private final Directory top;

  Outline(Workers workers, ObjectSources sources, Directory top) {
    this.workers = workers;
    this.sources = sources;
    this.top = top;
  }

  ForkJoinTask<Folder> of(ObjectId tree, Attributes outer) {
    return new Listing(new byte[0], new byte[0], tree, outer);
  }

  /// What a folder holds, in the index's order.
  sealed interface Part {}

  /// A file to be written; then it has its line of the index.
  static final class File implements Part {
    private final byte[] path;
    private final Wanted wanted;
    private final Attributes attributes;
    private final long place;
    private @Nullable IndexEntry entry;

    private File(byte[] path, Wanted wanted, Attributes attributes, long place) {
      this.path = path;
      this.wanted = wanted;
      this.attributes = attributes;
      this.place = place;
    }

    /// Of its blob in the packs.
    long place() {
      return place;
    }

    byte[] path() {
      return path;
    }

    Wanted wanted() {
      return wanted;
    }

    Conversion conversion() throws UnfitException {
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

    private final transient byte[] prefix;
    private final transient byte[] name;
    private final transient ObjectId tree;
    private final transient Attributes outer;
    private final transient List<Part> parts = new ArrayList<>();

    Listing(byte[] prefix, byte[] name, ObjectId tree, Attributes outer) {
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

    private void list() throws IOException, UnfitException {
      if (prefix.length > 0) {
        top.makeFolder(Arrays.copyOf(prefix, prefix.length - 1));
      }
      var items = parse(sources.ofThread().open(tree, Constants.OBJ_TREE).getCachedBytes());
      var attributes = attributes(items);
      var folders = new ArrayList<Listing>();
      for (var item : items) {
        if (item.isFolder()) {
          folders.add(new Listing(path(item.name, "/"), item.name, item.id, attributes));
        }
      }
      ForkJoinTask.invokeAll(folders);
      var next = folders.iterator();
      for (var item : items) {
        parts.add(item.isFolder() ? next.next().join() : file(item, attributes));
      }
    }

    private File file(Item item, Attributes attributes) {
      var wanted = Wanted.of(item.mode, item.id);
      var place = sources.ofThread().place(item.id);
      return new File(path(item.name, ""), wanted, attributes, place);
    }

    private Attributes attributes(List<Item> items) throws IOException, UnfitException {
      for (var item : items) {
        if (item.isAttributes()) {
          if (item.mode == IndexEntry.LINK) {
            throw new UnfitException("a .gitattributes that is a link");
          }
          var content = sources.ofThread().open(item.id, Constants.OBJ_BLOB).getCachedBytes();
          return outer.in(new String(prefix, UTF_8), content);
        }
      }
      return outer;
    }

    private byte[] path(byte[] file, String end) {
      var path = Arrays.copyOf(prefix, prefix.length + file.length + end.length());
      System.arraycopy(file, 0, path, prefix.length, file.length);
      if (!end.isEmpty()) {
        path[path.length - 1] = '/';
      }
      return path;
    }
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
}
