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
  private static final int FOLDER = 040000;

  private final FileWorkers workers;
  private final ObjectSources sources;
  private final OpenPlaces places;

  CheckoutPlan(FileWorkers workers, ObjectSources sources, OpenPlaces places) {
    this.workers = workers;
    this.sources = sources;
    this.places = places;
  }

  ForkJoinTask<Folder> of(Directory top, ObjectId tree, Attributes outer) {
    return new Listing(new OpenPlaces.Place(top, 0), new byte[0], new byte[0], tree, outer);
  }

  /// What a folder holds, in the index's order.
  sealed interface Part {}

  /// A file to be written; then it has its line of the index.
  static final class File implements Part {
    private final OpenPlaces.Place in;
    private final byte[] path;
    private final CheckoutEntry wanted;
    private final Attributes attributes;
    private final long place;
    private @Nullable IndexEntry entry;

    private File(
        OpenPlaces.Place in, byte[] path, CheckoutEntry wanted, Attributes attributes, long place) {
      this.in = in;
      this.path = path;
      this.wanted = wanted;
      this.attributes = attributes;
      this.place = place;
    }

    /// Of its blob in the packs.
    long place() {
      return place;
    }

    Directory folder() {
      return in.folder();
    }

    /// From that folder on.
    byte[] name() {
      return in.name(path);
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

    private final transient OpenPlaces.Place outside;
    private final transient byte[] prefix;
    private final transient byte[] name;
    private final transient ObjectId tree;
    private final transient Attributes outer;
    private final transient List<Part> parts = new ArrayList<>();

    Listing(OpenPlaces.Place outside, byte[] prefix, byte[] name, ObjectId tree, Attributes outer) {
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
      var items = parse(sources.ofThread().open(tree, Constants.OBJ_TREE).getCachedBytes());
      var here = make(items.size());
      var attributes = attributes(items);
      var folders = new ArrayList<Listing>();
      for (var item : items) {
        if (item.isFolder()) {
          folders.add(new Listing(here, path(item.name, "/"), item.name, item.id, attributes));
        }
      }
      ForkJoinTask.invokeAll(folders);
      var next = folders.iterator();
      for (var item : items) {
        parts.add(item.isFolder() ? next.next().join() : file(here, item, attributes));
      }
    }

    private OpenPlaces.Place make(int things) throws IOException {
      if (prefix.length == 0) {
        return outside;
      }
      outside.folder().makeFolder(outside.name(Arrays.copyOf(prefix, prefix.length - 1)));
      return places.enter(outside, prefix, things);
    }

    private File file(OpenPlaces.Place here, Item item, Attributes attributes) {
      var wanted = CheckoutEntry.of(item.mode, item.id);
      var place = sources.ofThread().place(item.id);
      return new File(here, path(item.name, ""), wanted, attributes, place);
    }

    private Attributes attributes(List<Item> items) throws IOException, UnsupportedException {
      for (var item : items) {
        if (item.isAttributes()) {
          if (item.mode == IndexEntry.LINK) {
            throw new UnsupportedException("a .gitattributes that is a link");
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
