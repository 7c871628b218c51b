package adw.git.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/// `.worktreeinclude`: ignored files (`.env`) that a new worktree needs as well. Its patterns are
/// those of `.gitignore`; what they match is copied only if git ignores it.
public final class WorktreeInclude {
  /// No comment, no exception, no folder, nothing that stands for several names.
  private static final Pattern LITERAL = Pattern.compile("[^#!*?\\[\\]\\\\][^*?\\[\\]\\\\]*(?<!/)");

  private final Path from;
  private final Path to;
  private final List<String> copied = new ArrayList<>();

  public WorktreeInclude(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  public static Path list(Path checkout) {
    return checkout.resolve(".worktreeinclude");
  }

  /// The files at the top that its patterns name outright, without a wildcard.
  static List<String> literalPaths(Path checkout) throws IOException {
    return new String(Files.readAllBytes(list(checkout)), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> LITERAL.matcher(line).matches())
        .map(line -> line.startsWith("/") ? line.substring(1) : line)
        .toList();
  }

  public List<String> copy(Ignores ignores) throws IOException {
    var wanted = new IgnoreNode();
    wanted.parse(new ByteArrayInputStream(Files.readAllBytes(list(from))));
    Files.walkFileTree(from, new Copying(wanted, ignores));
    return List.copyOf(copied);
  }

  private void copy(Path file, String path) throws IOException {
    var target = to.resolve(path);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) || !isInside(target)) {
      return;
    }
    Files.createDirectories(target.resolveSibling(""));
    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    copied.add(path);
  }

  /// A folder that is a link in the new worktree is never written through.
  private boolean isInside(Path target) {
    for (var at = target.getParent(); at != null && !at.equals(to); at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private final class Copying extends SimpleFileVisitor<Path> {
    private final IgnoreNode wanted;
    private final Deque<Ignores> ignores = new ArrayDeque<>();
    // Set while inside an ignored (a wanted) folder: all below it is ignored (wanted) too.
    private final List<Path> ignored = new ArrayList<>();
    private final List<Path> included = new ArrayList<>();

    Copying(IgnoreNode wanted, Ignores ignores) {
      this.wanted = wanted;
      this.ignores.push(ignores);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.equals(from)) {
        enter(folder, "");
        return FileVisitResult.CONTINUE;
      }
      if (folder.endsWith(".git") || Files.exists(folder.resolve(".git"))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      var path = path(folder);
      if (isWithin(ignored, folder) || ignores.element().isIgnored(path, true)) {
        ignored.add(folder);
      }
      enter(folder, path + "/");
      if (Boolean.TRUE.equals(wanted.checkIgnored(path, true))) {
        included.add(folder);
      }
      return FileVisitResult.CONTINUE;
    }

    private void enter(Path folder, String path) throws IOException {
      var list = folder.resolve(".gitignore");
      var outer = ignores.element();
      var own = Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS);
      ignores.push(own ? outer.in(path, Files.readAllBytes(list)) : outer);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) {
      ignores.pop();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      var path = path(file);
      var verdict = wanted.checkIgnored(path, false);
      var isWanted = verdict == null ? isWithin(included, file) : verdict;
      if (isWanted && (isWithin(ignored, file) || ignores.element().isIgnored(path, false))) {
        copy(file, path);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }

    private String path(Path file) {
      return from.relativize(file).toString();
    }

    private static boolean isWithin(List<Path> folders, Path file) {
      return folders.stream().anyMatch(file::startsWith);
    }
  }
}
