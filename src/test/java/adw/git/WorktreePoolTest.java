package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import adw.git.config.WorktreeAdmin;
import adw.os.process.ProcessIdentity;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Worktrees made ahead.
class WorktreePoolTest {
  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  private void fill(Repository repository, int count) throws Exception {
    repository.ready().keep(sandbox.top.resolve("trees"), count);
    var base = sandbox.git("rev-parse", "main");
    for (var more = true; more; more = repository.ready().refill(base)) {}
  }

  private long waiting() throws Exception {
    return folders().size();
  }

  private List<Path> folders() throws Exception {
    try (var all = Files.walk(sandbox.tree(".ready"), 2)) {
      return all.filter(each -> each.getFileName().toString().startsWith("ready-")).toList();
    }
  }

  /// Nothing tells it from a worktree that was made just now.
  private void assertWhole(Worktree worktree) throws Exception {
    sandbox.git(
        "worktree", "add", "-q", "-b", "theirs-" + worktree.branch(), "trees/theirs", "main");
    assertThat(DifferentialTest.snapshot(worktree.folder()))
        .isEqualTo(DifferentialTest.snapshot(sandbox.tree("theirs")));
    sandbox.git("worktree", "remove", "trees/theirs");
    assertThat(sandbox.git(worktree.folder(), "status", "--porcelain", "-b"))
        .isEqualTo("## " + worktree.branch());
    assertThat(sandbox.git("worktree", "list", "--porcelain"))
        .contains(
            "worktree "
                + worktree.folder()
                + "\nHEAD "
                + sandbox.git("rev-parse", "main")
                + "\nbranch refs/heads/"
                + worktree.branch());
    assertThat(worktree.onDisk().admin().getFileName())
        .hasToString(worktree.folder().getFileName().toString());
    assertThat(sandbox.git(worktree.folder(), "reflog", "HEAD").lines()).hasSize(1);
    assertThat(worktree.onDisk().registration().orElseThrow().lockReason()).isEmpty();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  @Test
  void aRunGetsOneByItsNameAlone() throws Exception {
    try (var repository = sandbox.open()) {
      fill(repository, 2);
      assertThat(waiting()).isEqualTo(2);

      var worktree = sandbox.fresh(repository, "x");

      assertThat(waiting()).isEqualTo(1);
      assertWhole(worktree);
      GitSandbox.write(worktree.folder(), "new", "x");
      assertThat(worktree.commitAll(CommitRequest.of("x", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
    }
    assertThat(Files.exists(sandbox.tree(".ready"))).isFalse();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(2);
  }

  /// Whoever watches folders slows down all who work in them.
  @Test
  void oneThatWasGivenAwayIsNotWatchedAfterTheNextRefilling() throws Exception {
    var before = watchers();
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      var one = watchers();
      for (var i = 0; i < 5; i++) {
        sandbox.fresh(repository, "x" + i);
        fill(repository, 1);
      }
      assertThat(watchers()).isLessThanOrEqualTo(one);
      sandbox.fresh(repository, "last");
    }
    assertThat(watchers()).isLessThanOrEqualTo(before);
  }

  private static long watchers() throws Exception {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(Files::isSymbolicLink).filter(WorktreePoolTest::isWatcher).count();
    }
  }

  private static boolean isWatcher(Path open) {
    try {
      return Files.readSymbolicLink(open).toString().contains("inotify");
    } catch (IOException _) {
      // Closed meanwhile.
      return false;
    }
  }

  @Test
  void oneOfAnOlderBaseIsBroughtUpToDate() throws Exception {
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      sandbox.write("a.txt", "newer\n");
      sandbox.write("more/c.txt", "c\n");
      sandbox.git("rm", "-q", "sub/b.txt");
      sandbox.git("add", "-A");
      sandbox.git("commit", "-q", "-m", "newer");

      var worktree = sandbox.fresh(repository, "x");

      assertThat(waiting()).isZero();
      assertWhole(worktree);
    }
  }

  @Test
  void refillingBringsTheOldOnesUpToDate() throws Exception {
    try (var repository = sandbox.open()) {
      fill(repository, 2);
      sandbox.git("commit", "-q", "--allow-empty", "-m", "newer");
      fill(repository, 2);

      assertThat(waiting()).isEqualTo(2);
      assertThat(sandbox.git("worktree", "list"))
          .doesNotContain(sandbox.git("rev-parse", "--short", "main~"));
    }
  }

  @Test
  void oneThatSomeoneWorkedInIsNotGivenAway() throws Exception {
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      sandbox.git(folders().getFirst(), "commit", "-q", "--allow-empty", "-m", "not ours");

      assertWhole(sandbox.fresh(repository, "x"));
      assertThat(waiting()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf 'TWO\\n' > sub/b.txt",
        "chmod +x a.txt",
        "rm sub/b.txt",
        "mkdir new && touch new/file",
        "touch sub/build.log",
        "rm a.txt && ln -s sub/b.txt a.txt",
        "mv sub other && ln -s other sub",
        "t=$(stat -c %y a.txt) && printf 'ONE\\n' > a.txt && touch -d \"$t\" a.txt",
        "touch sub/new && rm sub/new",
        "mv sub other && mv other sub",
        "touch sub"
      })
  void oneWhoseFilesSomeoneChangedIsNotGivenAway(String change) throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\n*.log\n");
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      sandbox.run(folders().getFirst(), "sh", "-c", change);

      assertWhole(sandbox.fresh(repository, "x"));
      assertThat(waiting()).isZero();
    }
  }

  /// On some file systems this leaves no trace in the file's state.
  @Test
  void oneWithAFileThatSomeoneChangedInMemoryIsNotGivenAway() throws Exception {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      var file = folders().getFirst().resolve("a.txt");
      try (var arena = Arena.ofConfined();
          var open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        var bytes = open.map(FileChannel.MapMode.READ_WRITE, 0, 3, arena).asByteBuffer();
        bytes.put(0, (byte) 'O');
      }

      assertWhole(sandbox.fresh(repository, "x"));
      assertThat(waiting()).isZero();
    }
  }

  @Test
  void oneThatSomeoneOnlyReadIsGivenAway() throws Exception {
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      var ready = folders().getFirst();
      var before = Files.getAttribute(ready, "unix:ino");
      sandbox.run(ready, "sh", "-c", "cat a.txt sub/b.txt .git && ls -lR && git status");

      var worktree = sandbox.fresh(repository, "x");

      assertWhole(worktree);
      assertThat(Files.getAttribute(worktree.folder(), "unix:ino")).isEqualTo(before);
    }
  }

  @Test
  void oneThatWasBroughtUpToDateIsWatchedAnew() throws Exception {
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      sandbox.write("new/c.txt", "c\n");
      sandbox.git("add", "-A");
      sandbox.git("commit", "-q", "-m", "newer");
      fill(repository, 1);
      Files.writeString(folders().getFirst().resolve("new/c.txt"), "changed\n");

      assertWhole(sandbox.fresh(repository, "x"));
      assertThat(waiting()).isZero();
    }
  }

  @Test
  void oneThatSomeoneChangedIsNotBroughtUpToDateEither() throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\n*.log\n");
    try (var repository = sandbox.open()) {
      fill(repository, 1);
      sandbox.run(folders().getFirst(), "touch", "sub/build.log");
      sandbox.git("commit", "-q", "--allow-empty", "-m", "newer");
      fill(repository, 1);

      assertWhole(sandbox.fresh(repository, "x"));
      assertThat(waiting()).isZero();
    }
  }

  @Test
  void whatADeadProcessKeptReadyIsCleared() throws Exception {
    var repository = sandbox.open();
    fill(repository, 1);
    var dead =
        new ProcessIdentity(
            1L << 30,
            1,
            ProcessIdentity.self().boot(),
            ProcessIdentity.self().pidNamespace(),
            ProcessIdentity.self().host());
    var admin = WorktreeAdmin.all(repository.commonDir()).getFirst().admin();
    Files.writeString(admin.resolve("locked"), "initializing " + dead + "\n");
    Files.writeString(folders().getFirst().resolveSibling("owner"), dead + "\n");
    try (var next = sandbox.open()) {
      next.ready().keep(sandbox.top.resolve("trees"), 0);
      assertThat(sandbox.tree(".ready")).doesNotExist();
      assertThat(sandbox.git("worktree", "list").lines()).hasSize(1);
    }
    repository.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "folder", "dotgit", "checkout"})
  void oneInWhoseMakingItWasInterruptedGoesToo(String step) throws Exception {
    CreateStep steps =
        at -> {
          if (at.equals(step)) {
            Thread.currentThread().interrupt();
          }
        };
    try (var repository = Repository.open(sandbox.top, sandbox.world(), steps)) {
      assertThatThrownBy(() -> fill(repository, 1))
          .isInstanceOfAny(InterruptedException.class, InterruptedIOException.class);
      Thread.interrupted(); // what comes next is another thread's in the program
    }

    assertThat(sandbox.tree(".ready")).doesNotExist();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(1);
  }
}
