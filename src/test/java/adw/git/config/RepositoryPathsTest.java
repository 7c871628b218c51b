package adw.git.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a repository lies and what its small files say.
class RepositoryPathsTest {
  private static final String COMMIT = "0123456789012345678901234567890123456789";

  @TempDir Path temp;
  private Path common;

  @BeforeEach
  void makeRepository() throws IOException {
    common = temp.toRealPath().resolve("repo/.git");
    Files.createDirectories(common.resolve("objects"));
    Files.createDirectories(common.resolve("refs"));
    Files.writeString(common.resolve("HEAD"), "ref: refs/heads/main\n");
  }

  private Path worktree(String name) throws IOException {
    var folder = Files.createDirectories(temp.toRealPath().resolve(name));
    var admin = Files.createDirectories(common.resolve("worktrees").resolve(name));
    Files.writeString(admin.resolve("gitdir"), folder.resolve(".git") + "\n");
    Files.writeString(admin.resolve("commondir"), "../..\n");
    Files.writeString(folder.resolve(".git"), "gitdir: " + admin + "\n");
    return folder;
  }

  @Test
  void aPackedNameThatIsNoUtf8HidesNoOther() throws IOException {
    var lines = COMMIT + " refs/heads/a\u00e9\n" + COMMIT + " refs/heads/main\n";
    Files.write(common.resolve("packed-refs"), lines.getBytes(StandardCharsets.ISO_8859_1));

    var paths = RepositoryPaths.find(common.resolveSibling("")).orElseThrow();

    assertThat(paths.findRef("refs/heads/main")).contains(COMMIT);
    assertThat(paths.commit()).contains(COMMIT);
  }

  @Test
  void aPackedNameInUtf8IsFound() throws IOException {
    Files.writeString(common.resolve("packed-refs"), COMMIT + " refs/heads/a\u00e9\n");

    var paths = RepositoryPaths.find(common.resolveSibling("")).orElseThrow();

    assertThat(paths.findRef("refs/heads/a\u00e9")).contains(COMMIT);
  }

  @Test
  void aCheckoutOfAKnownRepositoryIsFoundFromAnyFolderInIt() throws IOException {
    var one = worktree("one");
    var two = worktree("two");
    var inner = Files.createDirectories(one.resolve("a/b"));

    var found = RepositoryPaths.findOf(common, inner);
    var main = RepositoryPaths.findOf(common, common.resolveSibling(""));

    assertThat(found)
        .contains(new RepositoryPaths(common.resolve("worktrees/one"), common, Optional.of(one)));
    assertThat(found.orElseThrow().isMain()).isFalse();
    assertThat(found.orElseThrow().otherWorktrees()).containsExactly(two);
    assertThat(main)
        .contains(new RepositoryPaths(common, common, Optional.of(common.resolveSibling(""))));
  }

  @Test
  void aGitFileThatLeadsAwayOrIsNotLedBackToIsPassedOver() throws IOException {
    var one = worktree("one");
    var two = worktree("two");
    var inner = Files.createDirectories(one.resolve("inner"));
    Files.writeString(inner.resolve(".git"), "gitdir: " + common.resolve("worktrees/two") + "\n");
    Files.delete(two.resolve(".git"));
    Files.createSymbolicLink(two.resolve(".git"), one.resolve(".git"));

    assertThat(RepositoryPaths.findOf(common, inner))
        .contains(new RepositoryPaths(common.resolve("worktrees/one"), common, Optional.of(one)));
    assertThat(RepositoryPaths.findOf(common, two)).isEmpty();
    assertThat(RepositoryPaths.findOf(temp.resolve("none"), one)).isEmpty();
  }
}
