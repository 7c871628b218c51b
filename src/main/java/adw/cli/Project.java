package adw.cli;

import adw.git.Location;
import adw.run.Runs;
import adw.run.State;
import adw.task.Document;
import adw.task.TaskFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The repository that a command works on: its settings, task file and records. Finding it loads no
/// JGit.
///
/// @param root the work tree that holds the task file, `adw.toml` and `adws/`
record Project(Path root, Path commonDir, Settings settings) {
  static Project find(Console console) throws IOException {
    var folder = console.directory();
    if (!Files.isDirectory(folder)) {
      throw new CliException(ExitCode.NOT_FOUND, folder + ": no such folder");
    }
    var place =
        Location.find(folder)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.NOT_FOUND,
                    folder + ": not in a git repository (git init, or adw -C DIR)"));
    var root =
        place
            .workTree()
            .orElseThrow(() ->
                new CliException(
                    ExitCode.REFUSED,
                    folder + ": a bare repository has no files to work on (adw -C a clone)"));
    return find(root, place.commonDir());
  }

  /// In a worktree of a run the commands mean the checkout that the run came from: its queue, not
  /// the copy of it that may lie here.
  private static Project find(Path root, Path commonDir) throws IOException {
    var parent = commonDir.getParent();
    var main = parent != null && commonDir.endsWith(".git") ? parent : root;
    var settings = SettingsFile.read(main.resolve("adw.toml"));
    if (root.equals(main) || root.startsWith(trees(main, settings))) {
      return new Project(main, commonDir, settings);
    }
    return new Project(root, commonDir, SettingsFile.read(root.resolve("adw.toml")));
  }

  private static Path trees(Path main, Settings settings) {
    var dir = settings.worktree().dir().replace("{repo}", String.valueOf(main.getFileName()));
    return main.resolve(dir).normalize();
  }

  /// The folder of the worktrees.
  Path trees() {
    return trees(root, settings);
  }

  State state() {
    return State.of(commonDir);
  }

  Runs runs() {
    return new Runs(state());
  }

  Path taskFile() {
    return root.resolve(settings.tasks().isEmpty() ? "tasks.md" : settings.tasks());
  }

  /// How messages call the task file.
  String taskFileName() {
    return root.relativize(taskFile()).toString();
  }

  /// The task file as it is now; empty if there is none.
  Document readDocument() throws IOException {
    try {
      return Document.parse(
          Files.exists(taskFile()) ? Files.readAllBytes(taskFile()) : new byte[0]);
    } catch (TaskFileException e) {
      throw new CliException(ExitCode.BAD_INPUT, taskFileName() + ": " + e.getMessage());
    }
  }

  /// The task file as it is now; that there is none is an error.
  Document needDocument() throws IOException {
    if (!Files.exists(taskFile())) {
      throw new CliException(
          ExitCode.NOT_FOUND, taskFile() + ": no such file (adw init makes one)");
    }
    return readDocument();
  }
}
