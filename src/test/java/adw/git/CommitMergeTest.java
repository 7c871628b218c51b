package adw.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.git.config.GitException;
import adw.os.FileTrees;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commits are merged as `git merge` does it: renames, attributes and drivers count.
class CommitMergeTest {
  private static final int ROUNDS = Integer.getInteger("adw.rounds", 4);
  private static final long SEED = Long.getLong("adw.seed", System.nanoTime());
  private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";

  @TempDir Path temp;
  private GitSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = GitSandbox.create(temp.resolve("sandbox"));
  }

  /// The commit of a branch from main on which that script was run.
  private String branch(String name, String script) throws Exception {
    sandbox.git("checkout", "-q", "-B", name, "main");
    sandbox.run(sandbox.top, "sh", "-e", "-c", script);
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "--allow-empty", "-m", name);
    return sandbox.git("rev-parse", "HEAD");
  }

  private void onMain(String path, String text) throws Exception {
    sandbox.git("checkout", "-q", "main");
    sandbox.write(path, text);
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", path);
  }

  private MergeResult merge(String... commits) throws Exception {
    try (var repository = sandbox.open()) {
      return repository.merge(List.of(commits), "merge");
    }
  }

  @Test
  void whatGitMustNotMergeIsAConflict() throws Exception {
    onMain(".gitattributes", "*.lock -merge\n");
    onMain("y.lock", LINES);
    var one = branch("one", "sed -i 's/^2$/two/' y.lock");
    var other = branch("other", "sed -i 's/^11$/eleven/' y.lock");

    assertThat(merge(one, other)).isEqualTo(new MergeResult.Conflict(other, List.of("y.lock")));
  }

  @Test
  void aBinaryFileIsMergedByNobodyWhereverThatIsSaid() throws Exception {
    onMain("y.txt", LINES);
    sandbox.write(".git/info/attributes", "y.txt binary\n");
    var one = branch("one", "sed -i 's/^2$/two/' y.txt");
    var other = branch("other", "sed -i 's/^11$/eleven/' y.txt");

    assertThat(merge(one, other)).isEqualTo(new MergeResult.Conflict(other, List.of("y.txt")));
  }

  @Test
  void aMergeDriverMerges() throws Exception {
    onMain("sub/.gitattributes", "*.txt merge=longest\n");
    onMain("sub/y.txt", LINES);
    sandbox.git("config", "merge.longest.driver", "echo merged by a driver > %A");
    var one = branch("one", "sed -i 's/^2$/two/' sub/y.txt");
    var other = branch("other", "sed -i 's/^11$/eleven/' sub/y.txt");

    var merged = (MergeResult.Merged) merge(one, other);

    assertThat(sandbox.git("show", merged.commit() + ":sub/y.txt")).isEqualTo("merged by a driver");
  }

  @Test
  void aFileThatBothRenamedToOtherNamesIsAConflict() throws Exception {
    onMain("y.txt", LINES);
    var one = branch("one", "git mv y.txt one.txt");
    var other = branch("other", "git mv y.txt other.txt");

    assertThat(merge(one, other)).isInstanceOf(MergeResult.Conflict.class);
  }

  @Test
  void aFileThatCameIntoAFolderWhichTheOtherSideRenamedIsAConflict() throws Exception {
    onMain("old/one.txt", LINES);
    onMain("old/two.txt", LINES + "more\n");
    var one = branch("one", "git mv old new");
    var other = branch("other", "echo three > old/three.txt");

    assertThat(merge(one, other)).isInstanceOf(MergeResult.Conflict.class);
  }

  @Test
  void whatTakesGitIsRefusedWithTheCureWhereThatGitIsTooOld() throws Exception {
    onMain("y.txt", LINES);
    var one = branch("one", "git mv y.txt one.txt");
    var other = branch("other", "sed -i 's/^11$/eleven/' y.txt");
    var plain = branch("plain", "sed -i 's/^2$/two/' y.txt");
    old();

    assertThatThrownBy(() -> merge(one, other))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("git 2.38");
    assertThat(merge(plain, other)).isInstanceOf(MergeResult.Merged.class);
  }

  /// A git that does not know `merge-tree --write-tree`.
  private void old() throws Exception {
    var git =
        sandbox.write(
            "../bin/git",
            """
            #!/bin/sh
            PATH=${PATH#*:}
            case " $* " in *" merge-tree "*) echo 'usage: git merge-tree' >&2; exit 129 ;; esac
            exec git "$@"
            """);
    Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwxr-xr-x"));
    sandbox.environment.merge("PATH", git.resolveSibling("") + ":", (path, bin) -> bin + path);
  }

  @Test
  void anyTwoCommitsMergeAsByGit() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      try {
        compare(temp.resolve("r" + round), new Random(SEED + round));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("-Dadw.seed=" + (SEED + round) + " -Dadw.rounds=1", e);
      }
    }
  }

  private static void compare(Path folder, Random random) throws Exception {
    var sides = new RandomSides(GitSandbox.empty(folder), random);
    var one = sides.one();
    var other = sides.other();
    try (var repository = sides.sandbox().open()) {
      var merge = repository.merge(List.of(one, other), "merge");

      var git = sides.mergeByGit();
      assertThat(shown(merge, sides.sandbox())).isEqualTo(git);
    }
  }

  private static String shown(MergeResult merge, GitSandbox sandbox) throws Exception {
    return switch (merge) {
      case MergeResult.Merged(var commit) -> sandbox.git("rev-parse", commit + "^{tree}");
      case MergeResult.Conflict(_, var files) -> "conflict " + new TreeSet<>(files);
    };
  }

  /// Two commits of random trees with one base, or two.
  private record RandomSides(GitSandbox sandbox, Random random, String one, String other) {
    private static final List<String> NAMES =
        List.of("a", "b", "c", "d/a", "d/b", "d/c", "e/a", "e/f/b", "a/x", "new/a", "l.lock");
    private static final List<String> ATTRIBUTES =
        List.of(
            "*.lock -merge\n", "d/* merge=union\n", "a binary\n", "* text=auto\n", "b merge=its\n");

    RandomSides(GitSandbox sandbox, Random random) throws Exception {
      this(sandbox, random, "one", "other");
      sandbox.git("config", "merge.its.driver", "cat %B >> %A");
      for (var i = 0; i < 3 + random.nextInt(9); i++) {
        write(NAMES.get(random.nextInt(NAMES.size())), text());
      }
      if (random.nextInt(3) == 0) {
        write(".gitattributes", ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size())));
      }
      commit();
      sandbox.git("branch", "-q", "one");
      sandbox.git("branch", "-q", "other");
      side("one");
      side("other");
      if (random.nextInt(4) == 0) {
        cross();
      }
    }

    @Override
    public String one() {
      return tip(one);
    }

    @Override
    public String other() {
      return tip(other);
    }

    private String tip(String branch) {
      try {
        return sandbox.git("rev-parse", branch);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private void side(String name) throws Exception {
      sandbox.git("checkout", "-q", name);
      for (var i = 0; i < 1 + random.nextInt(4); i++) {
        change();
      }
      commit();
    }

    /// Each side takes the other's commit as a parent: two merge bases.
    private void cross() throws Exception {
      var first = one();
      var second = other();
      cross("one", second);
      cross("other", first);
    }

    private void cross(String name, String parent) throws Exception {
      sandbox.git("checkout", "-q", name);
      sandbox.git("merge", "-q", "-s", "ours", "--no-edit", parent);
      change();
      commit();
    }

    private void commit() throws Exception {
      sandbox.git("add", "-A");
      sandbox.git("commit", "-q", "--allow-empty", "-m", "random");
    }

    private String text() {
      var text = new StringBuilder();
      for (var i = 0; i < 10; i++) {
        text.append(random.nextInt(40)).append('\n');
      }
      return text.toString();
    }

    private void change() throws Exception {
      var path = NAMES.get(random.nextInt(NAMES.size()));
      var file = sandbox.top.resolve(path);
      var isFile = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      switch (random.nextInt(8)) {
        case 0 -> write(path, text());
        case 1 -> FileTrees.delete(file);
        case 2 -> move(path, NAMES.get(random.nextInt(NAMES.size())));
        case 3 -> move("d", random.nextBoolean() ? "moved" : "e/d");
        case 4 -> link(path);
        case 5 -> {
          if (isFile) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
        default -> {
          if (isFile) {
            edit(file);
          }
        }
      }
    }

    private void edit(Path file) throws Exception {
      var lines = Files.readString(file).lines().toList();
      var text = new StringBuilder();
      var at = random.nextInt(Math.max(1, lines.size()));
      for (var i = 0; i < lines.size(); i++) {
        text.append(i == at ? "edited " + random.nextInt(9) : lines.get(i)).append('\n');
      }
      Files.writeString(file, text);
    }

    private void write(String path, String text) throws Exception {
      clear(path);
      sandbox.write(path, text);
    }

    private void link(String path) throws Exception {
      clear(path);
      var file = sandbox.top.resolve(path);
      Files.createDirectories(file.getParent());
      Files.createSymbolicLink(file, Path.of("target" + random.nextInt(3)));
    }

    private void move(String from, String to) throws Exception {
      var source = sandbox.top.resolve(from);
      if (Files.exists(source, LinkOption.NOFOLLOW_LINKS) && !to.startsWith(from)) {
        clear(to);
        var target = sandbox.top.resolve(to);
        if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(target.getParent());
          Files.move(source, target);
        }
      }
    }

    /// Neither the path itself nor a file where it needs a folder.
    private void clear(String path) throws Exception {
      for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        var folder = sandbox.top.resolve(path.substring(0, slash));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          FileTrees.delete(folder);
        }
      }
      FileTrees.delete(sandbox.top.resolve(path));
    }

    String mergeByGit() throws Exception {
      var script =
          """
          git checkout -q one
          if git merge -q --no-commit --no-ff other >merge.log 2>&1 || git rev-parse -q --verify MERGE_HEAD >/dev/null; then :; fi
          rm -f merge.log
          files=$(git diff --name-only --diff-filter=U)
          if [ -n "$files" ]; then echo "$files"; else git write-tree; fi
          """;
      var out = sandbox.run(sandbox.top, "sh", "-e", "-c", script);
      return out.matches("[0-9a-f]{40}")
          ? out
          : "conflict "
              + new TreeSet<>(
                  out.lines()
                      .map(line -> line.replaceFirst("~(HEAD|other)(_\\d+)?$", ""))
                      .toList());
    }
  }
}
