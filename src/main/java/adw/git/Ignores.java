package adw.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/// Which files of a worktree git ignores: `.gitignore` of each folder, `info/exclude`, and the
/// person's own list.
final class Ignores {
  private final Path top;
  private final List<IgnoreNode> outer = new ArrayList<>();
  private final Map<String, IgnoreNode> inner = new HashMap<>();

  Ignores(Repository repository, Path top) throws IOException {
    this.top = top;
    addOuter(repository.commonDir().resolve("info").resolve("exclude"));
    var own = personal(repository);
    if (own.isPresent()) {
      addOuter(own.get());
    }
  }

  private static Optional<Path> personal(Repository repository) throws IOException {
    var config = repository.config();
    return config.find("core.excludesfile").isPresent()
        ? config.findPath("core.excludesfile", repository.folder(), repository.world())
        : ConfigReader.findPersonal(repository.world(), "ignore");
  }

  private void addOuter(Path file) throws IOException {
    var node = parse(file);
    if (node != null) {
      outer.add(node);
    }
  }

  private static @Nullable IgnoreNode parse(Path file) throws IOException {
    if (!Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      var node = new IgnoreNode();
      node.parse(in);
      return node.getRules().isEmpty() ? null : node;
    }
  }

  /// Whether this path, whose parent folders are not ignored, is ignored. The nearest list that has
  /// something to say decides.
  boolean isIgnored(String path, boolean folder) throws IOException {
    for (var slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
      var parent = slash < 0 ? "" : path.substring(0, slash);
      var node = node(parent);
      if (node != null) {
        var verdict = node.checkIgnored(path.substring(slash + 1), folder);
        if (verdict != null) {
          return verdict;
        }
      }
      if (slash < 0) {
        return isIgnoredOutside(path, folder);
      }
    }
  }

  private @Nullable IgnoreNode node(String folder) throws IOException {
    if (!inner.containsKey(folder)) {
      inner.put(folder, parse(top.resolve(folder).resolve(".gitignore")));
    }
    return inner.get(folder);
  }

  private boolean isIgnoredOutside(String path, boolean folder) {
    for (var node : outer) {
      var verdict = node.checkIgnored(path, folder);
      if (verdict != null) {
        return verdict;
      }
    }
    return false;
  }
}
