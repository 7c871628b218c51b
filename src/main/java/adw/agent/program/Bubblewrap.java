package adw.agent.program;

import adw.git.config.RepositoryPaths;
import adw.os.process.ProgramEnclosure;
import adw.os.process.ProgramPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a program so that it can write only its worktree, its temporary folder, the folder of its
/// result, its own settings, and what a commit needs of the repository: loose objects, a copy of
/// the branches, and the worktree's own git folder without what says where that belongs. The rest
/// of the disk is read-only, the run's folder too; other worktrees and STATE look empty. The
/// network is as outside: the model is there. docs/sandbox.md has what that holds and what not.
public final class Bubblewrap implements ProgramEnclosure {
  static final String MISSING =
      "sandbox = \"bwrap\", but bwrap is not installed (install bubblewrap)";

  /// git obeys them: which repository the worktree belongs to, which settings hold in it.
  private static final List<String> LINKS = List.of("commondir", "gitdir", "config.worktree");

  private static final String TRACE = "GIT_TRACE2_EVENT";

  private final Path commonDir;
  private final List<Path> writable;
  private final List<Path> pointedTo;

  private Bubblewrap(Path commonDir, List<Path> writable, List<Path> pointedTo) {
    this.commonDir = commonDir;
    this.writable = List.copyOf(writable);
    this.pointedTo = List.copyOf(pointedTo);
  }

  /// For what works in a checkout of that repository.
  public static Bubblewrap of(Path commonDir) {
    return new Bubblewrap(commonDir, List.of(), List.of());
  }

  Bubblewrap allowing(ConfigFolders settings) {
    return new Bubblewrap(commonDir, settings.paths(), pointedTo);
  }

  /// These stay as they are although they lie where the program may write.
  Bubblewrap keeping(Collection<Path> files) {
    return new Bubblewrap(commonDir, writable, List.copyOf(files));
  }

  @Override
  public List<String> wrap(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    return tryWrap(argv, directory, environment)
        .orElse(List.of("/bin/sh", "-c", "printf '%s\\n' \"$1\" >&2; exit 127", "adw", MISSING));
  }

  /// Empty if bubblewrap is not installed.
  Optional<List<String>> tryWrap(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    var bwrap = ProgramPath.find("bwrap", Path.of("/"), environment);
    if (bwrap.isEmpty()) {
      return Optional.empty();
    }
    var mounts = new Mounts(new Places(environment, commonDir.resolve("adw")));
    mounts.add(bwrap.get().toString(), "--die-with-parent", "--unshare-pid", "--new-session");
    mounts.add("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc");
    mounts.allowForeign();
    writable.forEach(mounts::allow);
    var tree = RepositoryPaths.findOf(commonDir, directory);
    mounts.allow(tree.flatMap(RepositoryPaths::workTree).orElse(directory));
    if (tree.isPresent()) {
      mounts.addRepository(tree.get());
    }
    mounts.addOwn();
    for (var file : pointedTo) {
      mounts.keep(file);
    }
    mounts.add("--chdir", directory.toString(), "--");
    mounts.words.addAll(argv);
    return Optional.of(mounts.words);
  }

  @Override
  public void settle(Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    var tree = RepositoryPaths.findOf(commonDir, directory).filter(one -> !one.isMain());
    if (tree.isPresent()) {
      new BranchCopy(tree.get(), environment).close();
    }
  }

  /// What the environment of the program names, and STATE.
  private record Places(Map<String, String> environment, Path state) {
    Optional<Path> find(String variable) {
      return Optional.ofNullable(environment.get(variable))
          .filter(value -> value.startsWith("/"))
          .map(value -> Path.of(value).normalize());
    }

    /// The temporary folder that adw made for the run.
    boolean isOwn(Path folder) {
      return folder.startsWith(state);
    }

    /// In which git tells us of the programs that it started.
    static boolean isOurTrace(Path file) {
      var name = String.valueOf(file.getFileName());
      return name.startsWith("adw-git") && name.endsWith(".trace");
    }

    /// A folder made for the result alone: the run's own holds what the daemon believes.
    Optional<Path> result() {
      return find("ADW_RESULT")
          .map(file -> file.resolveSibling("").normalize())
          .filter(folder -> isOwn(folder) && !find("ADW_RUN_DIR").equals(Optional.of(folder)));
    }
  }

  /// Later mounts lie over earlier ones: what is hidden or kept inside what may be written comes
  /// second.
  private static final class Mounts {
    private final List<String> words = new ArrayList<>();
    private final Places places;

    Mounts(Places places) {
      this.places = places;
    }

    /// Before all that must not be written and may lie below.
    void allowForeign() {
      places.find(TRACE).filter(Places::isOurTrace).ifPresent(this::allow);
      places.find("TMPDIR").filter(folder -> !places.isOwn(folder)).ifPresent(this::allow);
    }

    void addRepository(RepositoryPaths tree) throws IOException, InterruptedException {
      var common = tree.commonDir();
      keep(common);
      if (tree.isMain()) {
        keep(tree.workTree().orElseThrow().resolve(".git"));
      } else {
        allowCommits(tree);
      }
      hide(common.resolve("adw"));
      for (var other : tree.otherWorktrees()) {
        hide(other);
      }
    }

    /// Of the branches it sees a copy. HEAD, index, hooks and settings of the main checkout cannot
    /// be written, nor packed objects, nor whose objects git borrows.
    private void allowCommits(RepositoryPaths tree) throws IOException, InterruptedException {
      var common = tree.commonDir();
      allow(common.resolve("objects"));
      keep(Files.createDirectories(common.resolve("objects/info")));
      keep(common.resolve("objects/pack"));
      var branches = new BranchCopy(tree, places.environment());
      branches.open();
      add("--bind", branches.heads().toString(), common.resolve("refs/heads").toString());
      hide(Files.createDirectories(common.resolve("logs/refs/heads")));
      allow(common.resolve("lfs"));
      allow(tree.gitDir());
      LINKS.forEach(name -> keep(tree.gitDir().resolve(name)));
      keep(tree.workTree().orElseThrow().resolve(".git"));
    }

    /// In STATE, which is hidden by now.
    void addOwn() {
      places.find("ADW_RUN_DIR").filter(places::isOwn).ifPresent(this::keep);
      places.result().ifPresent(this::allow);
      places.find("TMPDIR").filter(places::isOwn).ifPresent(this::allow);
      if (places.find("TMPDIR").isEmpty() && Files.isDirectory(places.state())) {
        var scratch = places.state().resolve("tmp").toString();
        add("--dir", scratch, "--setenv", "TMPDIR", scratch);
      }
    }

    void allow(Path path) {
      if (Files.exists(path)) {
        add("--bind", path.toString(), path.toString());
      }
    }

    private void keep(Path path) {
      if (Files.exists(path)) {
        add("--ro-bind", path.toString(), path.toString());
      }
    }

    private void hide(Path folder) {
      if (Files.isDirectory(folder)) {
        add("--tmpfs", folder.toString());
      }
    }

    void add(String... more) {
      words.addAll(List.of(more));
    }
  }
}
