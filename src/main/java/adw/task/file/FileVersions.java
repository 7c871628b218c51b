package adw.task.file;

import adw.os.DurableFiles;
import adw.os.NewFolders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The files that our writes displaced. Each is named after the bytes that were expected in it:
/// `<number>-<fingerprint>`. One that holds other bytes is a person's save, made while we wrote, or
/// later by a program that still had the old file open.
final class FileVersions {
  private static final Pattern NAME = Pattern.compile("([0-9]{12})-([0-9a-f]+-[0-9a-f]{16})");
  private static final long MAX_BYTES = 64L << 20;
  private static final int PIECE = 64 << 10;

  /// The time of a file that was found to hold what its name says; whoever writes into it sets
  /// another.
  private static final FileTime CHECKED = FileTime.fromMillis(1000);

  private final Path home;
  private final int kept;
  private final Map<Path, Boolean> near = new HashMap<>();

  /// One displaced file.
  record Displaced(Path path, long seq, String print) {
    /// Of the text that was expected in it, in bytes.
    long size() {
      return VersionHash.sizeIn(print);
    }
  }

  FileVersions(Path home, int kept) {
    this.home = home;
    this.kept = kept;
  }

  Path home() {
    return home;
  }

  /// Where the file goes that is displaced by a write: here, if names can be exchanged with it,
  /// else beside it under a hidden name.
  Path place(Path file, long seq, VersionHash expected) throws IOException {
    return folder(file).resolve(prefix(file) + name(seq, expected));
  }

  private Path folder(Path file) throws IOException {
    var folder = file.getParent();
    return folder == null || isNear(folder) ? home : folder;
  }

  /// The folder of the journal, which is below, is made with this one.
  private Path state() {
    return home.resolveSibling("..").normalize();
  }

  private String prefix(Path file) throws IOException {
    return folder(file).equals(home) ? "" : "." + file.getFileName() + ".adw-";
  }

  /// Asked once a folder: the answer is read from the table of mounts.
  private boolean isNear(Path folder) throws IOException {
    var known = near.get(folder);
    if (known == null) {
      NewFolders.makeBelow(state(), home);
      known = Files.getFileStore(folder).equals(Files.getFileStore(home));
      near.put(folder, known);
    }
    return known;
  }

  private static String name(long seq, VersionHash print) {
    return String.format(Locale.ROOT, "%012d-%s", seq, print.hex());
  }

  /// Oldest first, those beside the file among them.
  List<Displaced> all(Path file) throws IOException {
    var found = new ArrayList<>(list(home, ""));
    var folder = folder(file);
    if (!folder.equals(home)) {
      found.addAll(list(folder, prefix(file)));
    }
    found.sort(Comparator.comparingLong(Displaced::seq));
    return found;
  }

  private static List<Displaced> list(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var found = new ArrayList<Displaced>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var path : files) {
        var name = path.getFileName().toString();
        var matcher = NAME.matcher(name.startsWith(prefix) ? name.substring(prefix.length()) : "");
        if (matcher.matches()) {
          found.add(new Displaced(path, Long.parseLong(matcher.group(1)), matcher.group(2)));
        }
      }
    }
    return found;
  }

  /// Whether it is no larger than a task file may be.
  static boolean isReadable(Displaced version) throws IOException {
    return FileFault.findUnreadable(version.path()).isEmpty();
  }

  boolean isChecked(Displaced version) throws IOException {
    return Files.getLastModifiedTime(version.path()).equals(CHECKED);
  }

  static boolean holdsItsName(Displaced version, byte[] bytes) {
    return VersionHash.of(bytes).hex().equals(version.print());
  }

  /// From now on a look at its time is enough; false: somebody wrote into it just now.
  boolean tryCheck(Displaced version, byte[] bytes) throws IOException {
    try {
      Files.setLastModifiedTime(version.path(), CHECKED);
    } catch (FileSystemException notOurs) {
      // Another user's file: it is read again each time.
      return true;
    }
    var isSame = false;
    try {
      isSame = holds(version.path(), bytes);
    } finally {
      if (!isSame) {
        // Perhaps written into just before its time was set: it is looked at again.
        Files.setLastModifiedTime(version.path(), FileTime.fromMillis(0));
      }
    }
    return isSame;
  }

  /// Read in pieces: the file may be big, and this is asked at each write.
  static boolean holds(Path file, byte[] bytes) throws IOException {
    var piece = new byte[PIECE];
    try (var in = Files.newInputStream(file)) {
      var at = 0;
      for (var n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (n > bytes.length - at || !Arrays.equals(piece, 0, n, bytes, at, at + n)) {
          return false;
        }
        at += n;
      }
      return at == bytes.length;
    }
  }

  /// What came out is known now, and no longer a save.
  void accept(Displaced version, byte[] bytes) throws IOException {
    var old = version.path().getFileName().toString();
    var prefix = old.substring(0, old.length() - name(version, version.print()).length());
    var name = prefix + name(version, VersionHash.of(bytes).hex());
    Files.move(version.path(), version.path().resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String name(Displaced version, String print) {
    return String.format(Locale.ROOT, "%012d-%s", version.seq(), print);
  }

  /// A version that no write displaced, with the rights of the file that is there now.
  void keep(long seq, VersionHash print, byte[] bytes, Path file) throws IOException {
    NewFolders.makeBelow(state(), home);
    keep(home.resolve(name(seq, print)), bytes, file);
  }

  private void keep(Path path, byte[] bytes, Path like) throws IOException {
    DurableFiles.replaceUnsynced(path, bytes);
    if (isNear(like.resolveSibling(""))) {
      FileRights.copy(like, path);
    } else {
      FileRights.close(path); // another file system may not know such rights
    }
    Files.setLastModifiedTime(path, CHECKED);
  }

  /// Old ones go; of those beside the file only the newest stays there.
  void trim(Path file) throws IOException {
    var all = all(file).reversed();
    var size = 0L;
    for (var i = 0; i < all.size(); i++) {
      var version = all.get(i);
      size += Files.size(version.path());
      if (i >= kept || (size > MAX_BYTES && i >= 2)) {
        removeChecked(version);
      } else if (i > 0 && !version.path().startsWith(home)) {
        bringHome(version);
      }
    }
  }

  /// A save that nobody could take in yet stays.
  private void removeChecked(Displaced version) throws IOException {
    if (isChecked(version)
        || (isReadable(version) && holdsItsName(version, Files.readAllBytes(version.path())))) {
      Files.delete(version.path());
    }
  }

  private void bringHome(Displaced version) throws IOException {
    if (!isReadable(version)) {
      return;
    }
    var bytes = Files.readAllBytes(version.path());
    if (holdsItsName(version, bytes)) {
      keep(home.resolve(name(version, version.print())), bytes, version.path());
      Files.delete(version.path());
    }
  }
}
