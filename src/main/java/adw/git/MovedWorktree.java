package adw.git;

import adw.git.config.WorktreeAdmin;
import adw.os.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A worktree that was moved together with its repository. Each names the other by its whole path,
/// so that both lead to the old place until they are tied anew.
///
/// @see <a href="https://git-scm.com/docs/git-worktree">git worktree repair</a>
record MovedWorktree(Path folder, Path admin) {
  /// Nothing, where the folder is whole, or belongs to another repository.
  static Optional<MovedWorktree> find(Path commonDir, Path folder) throws IOException {
    var link = folder.resolve(".git");
    if (!Files.isRegularFile(link)) {
      return Optional.empty();
    }
    var name = WorktreeAdmin.linked(link).getFileName();
    var admin = commonDir.resolve("worktrees").resolve(String.valueOf(name));
    var was = new WorktreeAdmin(admin).folder();
    var isMoved =
        was.isPresent() && was.get().endsWith(folder.getFileName()) && !Files.exists(was.get());
    return isMoved ? Optional.of(new MovedWorktree(folder, admin)) : Optional.empty();
  }

  void tie() throws IOException {
    write(admin.resolve("gitdir"), folder.toRealPath().resolve(".git").toString());
    write(folder.resolve(".git"), "gitdir: " + admin.toRealPath());
  }

  private static void write(Path file, String line) throws IOException {
    DurableFiles.replaceUnsynced(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
