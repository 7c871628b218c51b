package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.os.FileTrees;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that a run has left behind go on making and deleting files while its worktree is looked
/// at.
class VanishingTest {
  private static final int LOOKS = 20;

  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
    for (var i = 0; i < 40; i++) {
      sandbox.write("made/d" + i % 10 + "/f" + i, "content " + i);
    }
    sandbox.write("kept/file", "kept");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "files");
  }

  private static void churn(Path top, AtomicBoolean done) throws Exception {
    while (!done.get()) {
      FileTrees.delete(top.resolve("made"));
      FileTrees.delete(top.resolve("new"));
      for (var i = 0; i < 40; i++) {
        GitSandbox.write(top, "made/d" + i % 10 + "/f" + i, "other " + i);
        GitSandbox.write(top, "new/d" + i % 10 + "/deep/f" + i, "new");
        GitSandbox.write(top, "new/d" + i % 10 + "/.gitignore", "*.o");
      }
    }
  }

  @Test
  void whatVanishesWhileItIsLookedAtIsGone() throws Exception {
    try (var repository = sandbox.open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var worktree = sandbox.fresh(repository, "x");
      var done = new AtomicBoolean();
      var churning =
          threads.submit(() -> {
            churn(worktree.folder(), done);
            return true;
          });
      try {
        for (var i = 0; i < LOOKS; i++) {
          GitSandbox.write(worktree.folder(), "kept/file", "kept " + i);

          assertThat(worktree.status()).contains(new Change("kept/file", Change.Kind.CHANGED));
          // Who goes on writing is found out; what was there is in the commit all the same.
          assertThat(worktree.commitAll(CommitRequest.of("look " + i, Set.of())))
              .isInstanceOfAny(CommitResult.Made.class, CommitResult.Unclean.class);
        }
      } finally {
        done.set(true);
      }
      assertThat(churning.get()).isTrue();
      assertThat(sandbox.git("show", "task-x:kept/file")).isEqualTo("kept " + (LOOKS - 1));
      assertThat(sandbox.git("fsck", "--strict")).isEmpty();
    }
  }

  @Test
  void aWorktreeThatVanishesIsNoChange() throws Exception {
    try (var repository = sandbox.open()) {
      var worktree = sandbox.fresh(repository, "x");
      GitSandbox.write(worktree.folder(), "kept/file", "changed");
      try (var files = WorktreeIndex.open(repository.parts(), worktree.onDisk().place())) {
        var found = files.scan();
        FileTrees.delete(worktree.folder());

        assertThatThrownBy(() -> files.with(found)).isInstanceOf(NoSuchFileException.class);
      }
      assertThat(Files.exists(worktree.folder())).isFalse();
    }
  }
}
