package adw.git;

import adw.git.config.GitException;
import adw.git.config.RepositoryPaths;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// `index.lock` of one worktree, as git takes it: made exclusively, renamed over the index or
/// deleted.
final class IndexLock implements AutoCloseable {
  private static final int TRIES = 80;
  private static final long PAUSE = 25;

  private final Path index;
  private final Path lock;
  private boolean done;

  private IndexLock(Path index, Path lock) {
    this.index = index;
    this.lock = lock;
  }

  /// Another git in the same worktree is waited for, two seconds.
  static IndexLock take(Path gitDir) throws IOException, InterruptedException {
    var lock = gitDir.resolve("index.lock");
    for (var left = TRIES; ; left--) {
      try {
        Files.createFile(lock);
        return new IndexLock(gitDir.resolve("index"), lock);
      } catch (FileAlreadyExistsException e) {
        if (left == 0) {
          throw new GitException(lock + " exists: " + owner(gitDir), e);
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private static String owner(Path gitDir) throws IOException {
    var link = gitDir.resolve("gitdir");
    var folder =
        Files.exists(link)
            ? Path.of(RepositoryPaths.firstLine(link)).resolveSibling("")
            : gitDir.resolveSibling("");
    return StaleLocks.findGit(folder)
        .map(git -> git + " works there (wait for its end)")
        .orElse("another git is at work there, or has died (then delete that file)");
  }

  void write(Index content) throws IOException {
    Files.write(lock, content.format(), StandardOpenOption.WRITE);
    Files.move(lock, index, StandardCopyOption.ATOMIC_MOVE);
    done = true;
  }

  @Override
  public void close() throws IOException {
    if (!done) {
      Files.deleteIfExists(lock);
    }
  }
}
