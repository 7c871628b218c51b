package adw.agent;

import adw.os.ProgramPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a program so that it can write only its worktree, its run's folder, its temporary folder,
/// its own settings, and what a commit needs of the repository: objects, branches, and the
/// worktree's own git folder. The rest of the disk is read-only; other worktrees and STATE look
/// empty. The network is as outside: the model is there.
final class Bubblewrap {
  private final List<String> words = new ArrayList<>();

  private Bubblewrap() {}

  /// Empty if bubblewrap is not installed.
  static Optional<List<String>> tryWrap(
      List<String> argv, Preset preset, Path directory, Map<String, String> environment)
      throws IOException {
    var bwrap = ProgramPath.find("bwrap", directory, environment);
    if (bwrap.isEmpty()) {
      return Optional.empty();
    }
    var wrap = new Bubblewrap();
    wrap.add(bwrap.get().toString(), "--die-with-parent", "--unshare-pid");
    wrap.add("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc");
    // Later mounts lie over earlier ones: what is hidden inside what may be written comes second.
    var tree = WorkTree.find(directory);
    wrap.allow(tree.map(WorkTree::top).orElse(directory));
    if (tree.isPresent()) {
      wrap.hideOthers(tree.get());
      wrap.allowCommits(tree.get());
    }
    wrap.allowVariable(environment, "ADW_RUN_DIR");
    wrap.allowVariable(environment, "TMPDIR");
    for (var path : ConfigFolders.of(preset, environment).paths()) {
      wrap.allow(path);
    }
    wrap.add("--chdir", directory.toString(), "--");
    wrap.words.addAll(argv);
    return Optional.of(wrap.words);
  }

  private void hideOthers(WorkTree tree) throws IOException {
    hide(tree.commonDir().resolve("adw"));
    for (var other : tree.others()) {
      hide(other);
    }
  }

  /// Branches are in one folder, so that all of them can be written; HEAD, the index and the
  /// settings of the main checkout cannot.
  private void allowCommits(WorkTree tree) {
    var common = tree.commonDir();
    allow(common.resolve("objects"));
    allow(common.resolve("refs/heads"));
    allow(common.resolve("logs/refs/heads"));
    allow(tree.gitDir());
  }

  private void allowVariable(Map<String, String> environment, String variable) {
    var value = environment.getOrDefault(variable, "");
    if (!value.isEmpty()) {
      allow(Path.of(value));
    }
  }

  private void allow(Path path) {
    if (Files.exists(path)) {
      add("--bind", path.toString(), path.toString());
    }
  }

  private void hide(Path folder) {
    if (Files.isDirectory(folder)) {
      add("--tmpfs", folder.toString());
    }
  }

  private void add(String... more) {
    words.addAll(List.of(more));
  }
}
