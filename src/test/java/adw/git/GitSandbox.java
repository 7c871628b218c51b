package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.GitEnvironment;
import adw.os.process.Command;
import adw.os.process.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A repository of its own with the real git, cut off from this machine's settings.
final class GitSandbox {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  final Path folder;
  final Path top;
  final Map<String, String> environment;

  private GitSandbox(Path folder) {
    this.folder = folder;
    this.top = folder.resolve("repo");
    this.environment =
        new TreeMap<>(
            Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", folder.resolve("home").toString(),
                "GIT_CONFIG_NOSYSTEM", "1",
                "LC_ALL", "C.UTF-8",
                "TZ", "UTC"));
  }

  static GitSandbox create(Path folder) throws IOException, InterruptedException {
    var sandbox = empty(folder);
    sandbox.write("a.txt", "one\n");
    sandbox.write("sub/b.txt", "two\n");
    sandbox.git("add", "-A");
    sandbox.git("commit", "-q", "-m", "first");
    return sandbox;
  }

  static GitSandbox empty(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var sandbox = new GitSandbox(folder.toRealPath());
    Files.createDirectories(sandbox.top);
    Files.createDirectories(sandbox.folder.resolve("home"));
    sandbox.git("init", "-q", "-b", "main");
    sandbox.git("config", "user.name", "Ann");
    sandbox.git("config", "user.email", "ann@example.org");
    sandbox.write(".git/info/exclude", "/trees/\n");
    return sandbox;
  }

  GitEnvironment world() {
    return new GitEnvironment(environment, InstantSource.system());
  }

  Repository open() throws IOException {
    return Repository.open(top, world());
  }

  Path tree(String name) {
    return top.resolve("trees").resolve(name);
  }

  Path write(String path, String text) throws IOException {
    return write(top, path, text);
  }

  static Path write(Path folder, String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, UTF_8);
  }

  String git(String... arguments) throws IOException, InterruptedException {
    return git(top, arguments);
  }

  String git(Path where, String... arguments) throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    return run(where, argv.toArray(String[]::new));
  }

  String run(Path where, String... argv) throws IOException, InterruptedException {
    var finished = new Command(List.of(argv), where, environment, LIMIT).run();
    if (!(finished.status() instanceof ExitStatus.Exited(var code)) || code != 0) {
      throw new AssertionError(
          String.join(" ", argv)
              + ": "
              + finished.status()
              + "\n"
              + finished.outText()
              + finished.errText());
    }
    return finished.outText().strip();
  }

  /// A hook of the repository.
  void hook(String name, String script) throws IOException {
    var file = write(".git/hooks/" + name, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// What a run finds ready, as it is at that commit.
  ReadyWorktree ready(Repository repository, String name, String commit)
      throws IOException, InterruptedException {
    var ready = repository.makeReady(tree(name), commit).orElseThrow();
    if (!ready.trySeal()) {
      throw new AssertionError(ready.folder() + " cannot be sealed");
    }
    return ready;
  }

  Worktree fresh(Repository repository, String name) throws IOException, InterruptedException {
    var request = NewWorktree.fresh(tree(name), "task-" + name, git("rev-parse", "main"));
    return ((CreateResult.Made) repository.create(request)).worktree();
  }
}
