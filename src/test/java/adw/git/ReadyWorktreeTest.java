package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worktree made ahead of its run.
class ReadyWorktreeTest {
  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp);
  }

  private String main() throws Exception {
    return sandbox.git("rev-parse", "main");
  }

  private ReadyWorktree ready(Repository repository) throws Exception {
    return sandbox.ready(repository, "x", main());
  }

  private Worktree given(ReadyWorktree ready) throws Exception {
    try (ready) {
      return ready.tryGive("task-x", main()).orElseThrow().worktree();
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
                + main()
                + "\nbranch refs/heads/"
                + worktree.branch());
    assertThat(worktree.onDisk().admin().getFileName())
        .hasToString(worktree.folder().getFileName().toString());
    assertThat(sandbox.git(worktree.folder(), "reflog", "HEAD").lines()).hasSize(1);
    assertThat(worktree.onDisk().registration().orElseThrow().lockReason()).isEmpty();
    assertThat(sandbox.git("fsck", "--no-dangling")).isEmpty();
  }

  @Test
  void itIsInItsPlaceFromTheBeginningAndHasNoBranchUntilARunGetsIt() throws Exception {
    try (var repository = sandbox.open()) {
      var ready = ready(repository);

      assertThat(sandbox.git("worktree", "list", "--porcelain"))
          .contains("worktree " + sandbox.tree("x") + "\nHEAD " + main() + "\ndetached\nlocked");
      assertThat(sandbox.git("branch", "--list")).isEqualTo("* main");
      var inode = Files.getAttribute(ready.folder(), "unix:ino");

      var worktree = given(ready);

      assertThat(worktree.folder()).isEqualTo(sandbox.tree("x"));
      assertThat(Files.getAttribute(worktree.folder(), "unix:ino")).isEqualTo(inode);
      assertWhole(worktree);
      GitSandbox.write(worktree.folder(), "new", "x");
      assertThat(worktree.commitAll(CommitRequest.of("x", Set.of())))
          .isInstanceOf(CommitResult.Made.class);
    }
  }

  /// Whoever watches folders slows down all who work in them.
  @Test
  void oneThatIsClosedIsNotWatched() throws Exception {
    var before = watchers();
    try (var repository = sandbox.open()) {
      given(ready(repository));
      assertThat(watchers()).isLessThanOrEqualTo(before);
    }
  }

  private static long watchers() throws Exception {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(Files::isSymbolicLink).filter(ReadyWorktreeTest::isWatcher).count();
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
  void oneOfAnOlderBaseIsBroughtUpToDateWhenItIsGiven() throws Exception {
    try (var repository = sandbox.open()) {
      var ready = ready(repository);
      move("newer");

      assertWhole(given(ready));
    }
  }

  private void move(String message) throws Exception {
    sandbox.write("a.txt", message + "\n");
    sandbox.write("more/c.txt", "c\n");
    sandbox.git("rm", "-q", "--ignore-unmatch", "sub/b.txt");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", message);
  }

  @Test
  void oneThatSomebodyCommittedInIsTouched() throws Exception {
    try (var repository = sandbox.open()) {
      var ready = ready(repository);
      sandbox.git(ready.folder(), "commit", "-q", "--allow-empty", "-m", "not ours");

      assertThat(ready.isUntouched()).isFalse();
      assertThat(ready.holdsWork()).isTrue();
      ready.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf 'TWO\n' > sub/b.txt",
        "chmod +x a.txt",
        "rm sub/b.txt",
        "mkdir new && touch new/file",
        "touch sub/build.log",
        "rm a.txt && ln -s sub/b.txt a.txt",
        "mv sub other && ln -s other sub",
        "t=$(stat -c %y a.txt) && printf 'ONE\n' > a.txt && touch -d \"$t\" a.txt",
        "touch sub/new && rm sub/new",
        "mv sub other && mv other sub",
        "touch sub"
      })
  void oneWhoseFilesSomebodyChangedIsTouched(String change) throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\n*.log\n");
    try (var repository = sandbox.open();
        var ready = ready(repository)) {
      sandbox.run(ready.folder(), "sh", "-c", change);

      assertThat(ready.isUntouched()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf 'later\n' >> made/by-set-up.txt",
        "printf 'later\n' > made/more.txt",
        "printf 'later\n' >> a.txt"
      })
  void whatSetUpMadeAndGitSeesIsWatchedToo(String change) throws Exception {
    try (var repository = sandbox.open();
        var ready = repository.makeReady(sandbox.tree("x"), main()).orElseThrow()) {
      sandbox.run(
          ready.folder(), "sh", "-c", "mkdir made; echo x > made/by-set-up.txt; echo x >> a.txt");
      assertThat(ready.trySeal()).isTrue();
      assertThat(ready.isUntouched()).isTrue();
      assertThat(ready.holdsWork()).isFalse();

      sandbox.run(ready.folder(), "sh", "-c", change);

      assertThat(ready.isUntouched()).isFalse();
      assertThat(ready.holdsWork()).isTrue();
    }
  }

  @Test
  void whatSetUpMadeIsThereWhenItIsGiven() throws Exception {
    sandbox.write(".git/info/exclude", "/trees/\n/lib/\n");
    try (var repository = sandbox.open()) {
      var ready = repository.makeReady(sandbox.tree("x"), main()).orElseThrow();
      sandbox.run(ready.folder(), "sh", "-c", "mkdir lib; echo x > lib/x; echo x > seen.txt");
      ready.trySeal();
      move("newer");

      assertThat(ready.tryMove(main())).as("what git sees would be lost").isFalse();
      var worktree = ready.tryGive("task-x", ready.commit()).orElseThrow().worktree();

      assertThat(worktree.folder().resolve("lib/x")).hasContent("x");
      assertThat(sandbox.git(worktree.folder(), "status", "--porcelain")).isEqualTo("?? seen.txt");
      assertThat(worktree.snapshot()).isEqualTo(ready.tree());
      ready.close();
    }
  }

  /// On some file systems this leaves no trace in the file's state.
  @Test
  void oneWithAFileThatSomebodyChangedInMemoryIsTouched() throws Exception {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    try (var repository = sandbox.open();
        var ready = ready(repository)) {
      var file = ready.folder().resolve("a.txt");
      try (var arena = Arena.ofConfined();
          var open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        var bytes = open.map(FileChannel.MapMode.READ_WRITE, 0, 3, arena).asByteBuffer();
        bytes.put(0, (byte) 'O');
      }

      assertThat(ready.isUntouched()).isFalse();
    }
  }

  @Test
  void oneThatSomebodyOnlyReadIsUntouched() throws Exception {
    try (var repository = sandbox.open();
        var ready = ready(repository)) {
      sandbox.run(ready.folder(), "sh", "-c", "cat a.txt sub/b.txt .git && ls -lR && git status");

      assertThat(ready.isUntouched()).isTrue();
    }
  }

  @Test
  void oneThatWasBroughtUpToDateIsWatchedAnew() throws Exception {
    try (var repository = sandbox.open();
        var ready = ready(repository)) {
      move("newer");
      assertThat(ready.tryMove(main())).isTrue();
      assertThat(ready.trySeal()).isTrue();
      assertThat(ready.isUntouched()).isTrue();

      Files.writeString(ready.folder().resolve("more/c.txt"), "changed\n");

      assertThat(ready.isUntouched()).isFalse();
    }
  }

  @Test
  void aBranchThatIsThereAlreadyIsNotGivenAway() throws Exception {
    sandbox.git("branch", "task-x");
    try (var repository = sandbox.open();
        var ready = ready(repository)) {
      assertThat(ready.tryGive("task-x", main())).isEmpty();
      assertThat(ready.isUntouched()).isTrue();
    }
  }

  @Test
  void oneThatIsLeftIsAWorktreeLikeOthers() throws Exception {
    try (var repository = sandbox.open()) {
      var ready = ready(repository);
      Files.writeString(ready.folder().resolve("a.txt"), "work\n");
      assertThat(ready.holdsWork()).isTrue();

      ready.leave();

      assertThat(ready.folder().resolve("a.txt")).hasContent("work");
      sandbox.git("worktree", "remove", "--force", "trees/x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "folder", "dotgit", "checkout"})
  void oneInWhoseMakingItWasInterruptedIsTakenBack(String step) throws Exception {
    CreateStep steps =
        at -> {
          if (at.equals(step)) {
            Thread.currentThread().interrupt();
          }
        };
    try (var repository = Repository.open(sandbox.top, sandbox.world(), steps)) {
      assertThatThrownBy(() -> ready(repository))
          .isInstanceOfAny(InterruptedException.class, InterruptedIOException.class);
      Thread.interrupted(); // what comes next is another thread's in the program
    }

    assertThat(sandbox.tree("x")).doesNotExist();
    assertThat(sandbox.git("worktree", "list").lines()).hasSize(1);
  }
}
