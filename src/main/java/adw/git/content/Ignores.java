package adw.git.content;

import adw.git.config.GitConfig;
import adw.git.config.GitEnvironment;
import adw.git.config.RepositoryPaths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/// What git ignores in one folder: its own `.gitignore` before its parents', then `info/exclude`,
/// then the person's list. The first that has something to say decides.
public final class Ignores {
  private final @Nullable Ignores next;
  private final String folder;
  private final IgnoreNode rules;
  private final boolean all;

  private Ignores(@Nullable Ignores next, String folder, IgnoreNode rules, boolean all) {
    this.next = next;
    this.folder = folder;
    this.rules = rules;
    this.all = all;
  }

  /// Those outside the tree of files.
  public static Ignores outer(RepositoryPaths place, GitConfig config, GitEnvironment world)
      throws IOException {
    var personal = new Ignores(null, "", read(personal(place, config, world)), false);
    var exclude = Optional.of(place.commonDir().resolve("info").resolve("exclude"));
    return new Ignores(personal, "", read(exclude), false);
  }

  private static Optional<Path> personal(
      RepositoryPaths place, GitConfig config, GitEnvironment world) {
    return config.find("core.excludesfile").isPresent()
        ? config.findPath("core.excludesfile", place.commonDir(), world)
        : GitConfig.findPersonal(world, "ignore");
  }

  private static IgnoreNode read(Optional<Path> file) throws IOException {
    return file.isPresent() && Files.isRegularFile(file.get())
        ? parse(Files.readAllBytes(file.get()))
        : new IgnoreNode();
  }

  private static IgnoreNode parse(byte[] content) throws IOException {
    var node = new IgnoreNode();
    node.parse(new ByteArrayInputStream(content));
    return node;
  }

  /// Those of a folder ("" or "a/b/") with this `.gitignore`.
  public Ignores in(String path, byte[] content) throws IOException {
    return new Ignores(this, path, parse(content), false);
  }

  /// Those below a folder that is ignored itself.
  public Ignores all() {
    return new Ignores(null, "", rules, true);
  }

  public boolean isAllIgnored() {
    return all;
  }

  /// Whether this path, whose parent folders are not ignored, is ignored.
  public boolean isIgnored(String path, boolean isFolder) {
    if (all) {
      return true;
    }
    var verdict = rules.checkIgnored(path.substring(folder.length()), isFolder);
    if (verdict != null) {
      return verdict;
    }
    return next != null && next.isIgnored(path, isFolder);
  }
}
