package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.os.Directory;
import adw.os.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The way from the top of a worktree to the folder of one path after another, each step opened by
/// itself: a folder that has become a link is not followed. Attributes are read on the way.
final class FolderPath implements AutoCloseable {
  private static final byte[] ATTRIBUTES = ".gitattributes".getBytes(UTF_8);

  private final Step top;
  private final List<Step> open = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // a path that ends in "/", never changed
  private record Step(byte[] path, Directory folder, Attributes attributes) {}

  @SuppressWarnings("ArrayRecordComponent") // a name, never changed
  record At(Directory folder, byte[] name, Attributes attributes) {}

  FolderPath(Directory top, Attributes outer) throws IOException, UnsupportedException {
    this.top = new Step(new byte[0], top, attributes(top, new byte[0], outer));
  }

  /// The folder of a path that exists.
  At enter(byte[] path) throws IOException, UnsupportedException {
    return enter(path, false);
  }

  /// The same; folders that are missing are made, what stands in their way goes.
  At make(byte[] path) throws IOException, UnsupportedException {
    return enter(path, true);
  }

  /// The folder of a path, if all folders on the way are there.
  Optional<At> find(byte[] path) throws IOException, UnsupportedException {
    for (int from = 0, slash; (slash = CacheTree.indexOfSlash(path, from)) >= 0; from = slash + 1) {
      var at = enter(Arrays.copyOf(path, slash));
      if (at.folder().find(at.name()).filter(FileStat::isDirectory).isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(enter(path));
  }

  private At enter(byte[] path, boolean make) throws IOException, UnsupportedException {
    closeBeside(path);
    var at = open.isEmpty() ? top : open.getLast();
    var from = at.path.length;
    for (int slash; (slash = CacheTree.indexOfSlash(path, from)) >= 0; from = slash + 1) {
      var name = Arrays.copyOfRange(path, from, slash);
      var prefix = Arrays.copyOf(path, slash + 1);
      var folder = open(at.folder, name, make);
      open.add(new Step(prefix, folder, at.attributes));
      at = new Step(prefix, folder, attributes(folder, prefix, at.attributes));
      open.set(open.size() - 1, at);
    }
    return new At(at.folder, Arrays.copyOfRange(path, from, path.length), at.attributes);
  }

  private static Directory open(Directory in, byte[] name, boolean make) throws IOException {
    if (!make || in.find(name).filter(FileStat::isDirectory).isPresent()) {
      return in.enter(name);
    }
    // A file that git ignores, in the way of a folder: as `git reset --hard`.
    in.tryDelete(name);
    return in.make(name);
  }

  private static Attributes attributes(Directory folder, byte[] path, Attributes outer)
      throws IOException, UnsupportedException {
    if (folder.find(ATTRIBUTES).filter(FileStat::isFile).isEmpty()) {
      return outer;
    }
    var content = folder.tryRead(ATTRIBUTES);
    return content.isPresent() ? outer.in(new String(path, UTF_8), content.get()) : outer;
  }

  private void closeBeside(byte[] path) throws IOException {
    while (!open.isEmpty() && !isBelow(path, open.getLast().path)) {
      open.removeLast().folder.close();
    }
  }

  private static boolean isBelow(byte[] path, byte[] folder) {
    return path.length > folder.length
        && Arrays.equals(path, 0, folder.length, folder, 0, folder.length);
  }

  @Override
  public void close() throws IOException {
    for (var step : open) {
      step.folder.close();
    }
  }
}
