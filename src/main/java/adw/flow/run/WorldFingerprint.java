package adw.flow.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// The part of the world that a cached result depends on. What cannot be read has a text of its
/// own, the same each time.
///
/// @param note is told what counts for nothing
record WorldFingerprint(FlowWorld world, Consumer<String> note) {
  private static final int MOST_FILES = 5_000;
  private static final int MOST_VISITS = 200_000;
  private static final long BIGGEST = 10 << 20;

  /// So many `**/` of a pattern may stand for nothing: each doubles what is to be compared.
  private static final int MOST_FREE = 8;

  String of(List<String> entries) {
    var digest = new CacheKey();
    for (var entry : entries) {
      digest.add(entry).add(value(entry));
    }
    return digest.text();
  }

  private String value(String entry) {
    var colon = entry.indexOf(':');
    var value = entry.substring(colon + 1);
    try {
      return switch (entry.substring(0, colon)) {
        case "git" ->
            value.startsWith("-")
                ? "refused"
                : world.shelf().revisions().find(value).orElse("unknown");
        case "env" ->
            Optional.ofNullable(world.site().environment().get(value))
                .map(v -> "=" + v)
                .orElse("unset");
        case "file" -> content(world.site().directory().resolve(value));
        case "glob" -> files(value, WorldFingerprint::stamp);
        default -> files(value, WorldFingerprint::content);
      };
    } catch (InvalidPathException | PatternSyntaxException _) {
      return "unreadable";
    }
  }

  private interface Look {
    String at(Path file);
  }

  private String files(String pattern, Look look) {
    var root = world.site().directory();
    var digest = new CacheKey();
    var found = matching(root, pattern);
    if (found.isEmpty()) {
      note.accept("cache: '" + pattern + "' matches no file");
    }
    found.forEach(file -> digest.add(root.relativize(file).toString()).add(look.at(file)));
    return digest.text();
  }

  /// Files below the folder that match, in the order of their names; links are not followed.
  static SortedSet<Path> matching(Path root, String pattern) {
    var found = new TreeSet<Path>();
    var matchers = matchers(root, pattern);
    var visits = new int[1];
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              var name = String.valueOf(folder.getFileName());
              return name.equals(".git") && !folder.equals(root)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              var relative = root.relativize(file);
              if (matchers.stream().anyMatch(matcher -> matcher.matches(relative))) {
                found.add(file);
              }
              return found.size() < MOST_FILES && ++visits[0] < MOST_VISITS
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      // A folder that cannot be listed matches nothing.
      return found;
    }
    return found;
  }

  private static List<PathMatcher> matchers(Path root, String pattern) {
    return variants(pattern).stream()
        .map(variant -> root.getFileSystem().getPathMatcher("glob:" + variant))
        .toList();
  }

  /// Each `**/` also stands for no folder at all, which Java's globs do not know.
  private static List<String> variants(String pattern) {
    var parts = pattern.split("\\*\\*/", MOST_FREE + 1);
    var variants = List.of(parts[0]);
    for (var part : List.of(parts).subList(1, parts.length)) {
      variants =
          variants.stream()
              .flatMap(start -> Stream.of(start + "**/" + part, start + part))
              .distinct()
              .toList();
    }
    return variants;
  }

  private static String stamp(Path file) {
    try {
      return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException _) {
      return "unreadable";
    }
  }

  private static String content(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= BIGGEST
          ? new CacheKey().add(Files.readAllBytes(file)).text()
          : "unreadable";
    } catch (IOException _) {
      return "unreadable";
    }
  }
}
