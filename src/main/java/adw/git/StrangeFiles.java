package adw.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/// Links, pipes and devices in the git folder of a worktree in which an agent worked: git leaves
/// none there. A link would lead our writing out of the folder, a pipe would be read for ever.
final class StrangeFiles {
  private StrangeFiles() {}

  /// Of a repository's whole folder.
  static void removePipes(Path gitDir) throws IOException {
    if (Files.isDirectory(gitDir)) {
      Files.walkFileTree(gitDir, new Removal(BasicFileAttributes::isOther));
    }
  }

  /// The git folders of submodules are read by git alone, within its bounds.
  static void remove(Path admin) throws IOException {
    var modules = admin.resolve("modules");
    Files.walkFileTree(
        admin,
        new Removal(is -> !is.isRegularFile()) {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
            return folder.equals(modules) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }
        });
  }

  private static class Removal extends SimpleFileVisitor<Path> {
    private final Predicate<BasicFileAttributes> strange;

    Removal(Predicate<BasicFileAttributes> strange) {
      this.strange = strange;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
      if (strange.test(is)) {
        Files.deleteIfExists(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE; // another process has just removed it
    }
  }
}
