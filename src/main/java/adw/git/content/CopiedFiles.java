package adw.git.content;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Files that `.worktreeinclude` named when a worktree was made ahead of its run, as they were in
/// the checkout then.
public final class CopiedFiles {
  private final Path from;
  private final Path to;
  private final Map<String, Stamp> copied;
  private final Optional<Stamp> list;

  /// How a file is known to be the same. A copy has that of its original.
  private record Stamp(FileTime modified, long size) {
    static Optional<Stamp> find(Path file) throws IOException {
      try {
        var is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return is.isDirectory()
            ? Optional.empty()
            : Optional.of(new Stamp(is.lastModifiedTime(), is.size()));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  private CopiedFiles(Path from, Path to, Map<String, Stamp> copied, Optional<Stamp> list) {
    this.from = from;
    this.to = to;
    this.copied = copied;
    this.list = list;
  }

  /// @param paths what was copied just now
  public static CopiedFiles of(Path from, Path to, List<String> paths) throws IOException {
    var copied = new LinkedHashMap<String, Stamp>();
    for (var path : paths) {
      // The copy's: the original may have changed since.
      Stamp.find(to.resolve(path)).ifPresent(stamp -> copied.put(path, stamp));
    }
    return new CopiedFiles(from, to, copied, Stamp.find(WorktreeInclude.list(from)));
  }

  public List<String> paths() {
    return List.copyOf(copied.keySet());
  }

  /// Whether the list of what is to be copied is another by now, or names a file outright that has
  /// come since: then all has to be looked for again.
  public boolean isOutdated() throws IOException {
    return !Stamp.find(WorktreeInclude.list(from)).equals(list) || (list.isPresent() && isAnyNew());
  }

  private boolean isAnyNew() throws IOException {
    for (var path : WorktreeInclude.literalPaths(from)) {
      if (!copied.containsKey(path)
          && Files.isRegularFile(from.resolve(path), LinkOption.NOFOLLOW_LINKS)
          && !Files.exists(to.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }

  /// What brings the copies up to date has found.
  ///
  /// @param changed copied again, or gone
  /// @param undone of these, what set-up had changed in the worktree: that is lost
  public record Refreshed(List<String> changed, List<String> undone) {
    public Refreshed {
      changed = List.copyOf(changed);
      undone = List.copyOf(undone);
    }
  }

  /// Copies those again that have changed in the checkout since, and deletes those that are gone
  /// there.
  public Refreshed refresh() throws IOException {
    var changed = new ArrayList<String>();
    var undone = new ArrayList<String>();
    for (var path : new HashSet<>(copied.keySet())) {
      var known = copied.get(path);
      var now = Stamp.find(from.resolve(path));
      if (!now.equals(Optional.ofNullable(known))) {
        changed.add(path);
        if (!Stamp.find(to.resolve(path)).equals(Optional.ofNullable(known))) {
          undone.add(path);
        }
        replace(path, now);
      }
    }
    return new Refreshed(changed, undone);
  }

  private void replace(String path, Optional<Stamp> now) throws IOException {
    if (now.isEmpty()) {
      Files.deleteIfExists(to.resolve(path));
      copied.remove(path);
      return;
    }
    try {
      Files.createDirectories(to.resolve(path).resolveSibling(""));
      Files.copy(
          from.resolve(path),
          to.resolve(path),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES,
          LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      throw new FileSystemException(
          from.resolve(path).toString(), null, "vanished while it was copied");
    }
    copied.put(path, now.get());
  }
}
