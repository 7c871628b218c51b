package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.Directory;
import adw.os.PosixState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Compares the files of a worktree with its index, as `git status` does: each known file's state
/// is looked at, and its content only if the state is another or too fresh to be trusted.
final class Scan {
  private static final byte[] DOT_GIT = ".git".getBytes(UTF_8);
  private static final byte[] GITIGNORE = ".gitignore".getBytes(UTF_8);
  private static final byte[] ATTRIBUTES = ".gitattributes".getBytes(UTF_8);

  private final Index index;
  private final Contents contents;
  private final List<Found> found = new ArrayList<>();

  Scan(Index index, Contents contents) {
    this.index = index;
    this.contents = contents;
  }

  List<Found> run(Directory top, Ignores ignores, Attributes attributes)
      throws IOException, UnfitException {
    scan(top, new byte[0], 0, index.entries().size(), ignores, attributes);
    return found;
  }

  /// One name known to the index: a file, or a folder with the entries from `from` to `to`.
  @SuppressWarnings("ArrayRecordComponent") // a name, never changed
  private record Known(byte[] name, boolean folder, int from, int to) {}

  private void scan(
      Directory folder, byte[] prefix, int from, int to, Ignores outerIgnores, Attributes outer)
      throws IOException, UnfitException {
    var known = known(prefix.length, from, to);
    var names = folder.list();
    names.sort(Arrays::compareUnsigned);
    var ignores = ignores(folder, prefix, names, outerIgnores);
    var attributes = attributes(folder, prefix, names, outer);
    var at = 0;
    for (var name : names) {
      for (; at < known.size() && Arrays.compareUnsigned(known.get(at).name, name) < 0; at++) {
        gone(known.get(at));
      }
      var here = at;
      for (; at < known.size() && Arrays.equals(known.get(at).name, name); at++) {
        scan(folder, prefix, known.get(at), ignores, attributes);
      }
      if (here == at && !Arrays.equals(name, DOT_GIT)) {
        scanNew(folder, prefix, name, ignores);
      }
    }
    for (; at < known.size(); at++) {
      gone(known.get(at));
    }
  }

  private Ignores ignores(Directory folder, byte[] prefix, List<byte[]> names, Ignores outer)
      throws IOException {
    return isFile(folder, names, GITIGNORE) && !outer.isAllIgnored()
        ? outer.in(new String(prefix, UTF_8), folder.read(GITIGNORE))
        : outer;
  }

  private Attributes attributes(
      Directory folder, byte[] prefix, List<byte[]> names, Attributes outer)
      throws IOException, UnfitException {
    return isFile(folder, names, ATTRIBUTES)
        ? outer.in(new String(prefix, UTF_8), folder.read(ATTRIBUTES))
        : outer;
  }

  private static boolean isFile(Directory folder, List<byte[]> names, byte[] name)
      throws IOException {
    return java.util.Collections.binarySearch(names, name, Arrays::compareUnsigned) >= 0
        && folder.find(name).filter(PosixState::isFile).isPresent();
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
        found.add(new Found(entry.path(), Optional.of(entry), Optional.empty(), Found.Kind.GONE));
      }
    }
  }

  private void scan(
      Directory folder, byte[] prefix, Known known, Ignores ignores, Attributes attributes)
      throws IOException, UnfitException {
    var state = folder.find(known.name);
    if (state.isEmpty() || state.get().isDirectory() != known.folder) {
      gone(known);
      if (state.isPresent()) {
        scanNew(folder, prefix, known.name, ignores);
      }
      return;
    }
    if (!known.folder) {
      compare(folder, known, state.get(), attributes);
      return;
    }
    var path = join(prefix, known.name, "/");
    var below = ignores.isIgnored(text(prefix, known.name), true) ? ignores.all() : ignores;
    try (var inner = folder.enter(known.name)) {
      scan(inner, path, known.from, known.to, below, attributes);
    }
  }

  private void compare(Directory folder, Known known, PosixState state, Attributes attributes)
      throws IOException, UnfitException {
    var entry = index.entries().get(known.from);
    if (entry.isUnwatched()) {
      return;
    }
    if (entry.isUnmerged() || entry.isIntended() || !isSameType(entry, state)) {
      add(entry, state, Found.Kind.CHANGED);
    } else if (!entry.stat().matches(state) || index.isRacy(entry)) {
      var same = contents.isSame(folder, known.name, state, entry, attributes);
      if (!same || !entry.stat().matches(state)) {
        add(entry, state, same ? Found.Kind.SAME_CONTENT : Found.Kind.CHANGED);
      }
    }
  }

  private void add(IndexEntry entry, PosixState state, Found.Kind kind) {
    found.add(new Found(entry.path(), Optional.of(entry), Optional.of(state), kind));
  }

  private static boolean isSameType(IndexEntry entry, PosixState state) {
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
      found.add(new Found(path, Optional.empty(), state, Found.Kind.NEW));
    }
  }

  private void scanNewFolder(Directory folder, byte[] path, byte[] name, Ignores outer)
      throws IOException {
    try (var inner = folder.enter(name)) {
      var names = inner.list();
      names.sort(Arrays::compareUnsigned);
      if (names.stream().anyMatch(each -> Arrays.equals(each, DOT_GIT))) {
        found.add(new Found(path, Optional.empty(), Optional.empty(), Found.Kind.REPOSITORY));
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
