package adw.git;

import adw.git.config.GitException;
import adw.git.config.GitProgram;
import adw.os.FileTrees;
import adw.os.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/// Everything by the `git` program: for repositories that use what we do not know to be right.
final class GitBackend implements WorktreeBackend {
  // What stands for bytes of a name that are no text.
  private static final char NO_TEXT = '\ufffd';

  /// How often one that was killed alone is called again.
  private static final int MORE_TRIES = 2;

  private final RepositoryParts repository;

  /// In a worktree; what is done in the repository itself is not for it to touch.
  private final GitProgram git;

  private final GitProgram outside;

  GitBackend(RepositoryParts repository) {
    this.repository = repository;
    this.git = repository.enclosedGit();
    this.outside = repository.git();
  }

  @Override
  public Optional<String> create(NewWorktree request, WorktreeFolder planned)
      throws IOException, InterruptedException {
    var existed = repository.store().findRef(planned.ref()).isPresent();
    var arguments = new ArrayList<>(adding());
    var folder = request.folder().toString();
    arguments.addAll(
        existed
            ? List.of("--", folder, request.branch())
            : List.of("--no-track", "-b", request.branch(), "--", folder, request.start()));
    var answer = outside.call(repository.call(arguments));
    for (var left = MORE_TRIES; answer.isKilled() && left > 0; left--) {
      takeBack(request, planned, existed);
      new StaleWorktrees(repository).clear(request);
      answer = outside.call(repository.call(arguments));
    }
    if (!answer.isOk() && !planned.isFinished()) {
      takeBack(request, planned, existed);
      throw new GitException("git worktree add: " + answer.reason());
    }
    var hook = repository.isEnclosed() ? checkOut(request, planned, existed) : answer;
    return warning(hook);
  }

  /// A hook said no when all was there.
  private static Optional<String> warning(GitProgram.Answer answer) {
    return answer.isOk() ? Optional.empty() : Optional.of(answer.reason());
  }

  /// The commit may be an agent's: its files come, and hooks are called, within the bounds.
  private List<String> adding() {
    return repository.isEnclosed()
        ? List.of("-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--no-checkout")
        : List.of("worktree", "add", "--quiet");
  }

  private GitProgram.Answer checkOut(NewWorktree request, WorktreeFolder planned, boolean existed)
      throws IOException, InterruptedException {
    var files = new GitProgram.Call(request.folder(), List.of("reset", "--quiet", "--hard"));
    var answer = call(planned, files);
    if (!answer.isOk()) {
      takeBack(request, planned, existed);
      throw new GitException("git reset: " + answer.reason());
    }
    // For its hook alone: the files stand.
    return git.call(
        new GitProgram.Call(request.folder(), List.of("checkout", "--quiet", "--force")));
  }

  private void takeBack(NewWorktree request, WorktreeFolder planned, boolean existed)
      throws IOException, InterruptedException {
    var left = planned.registration();
    if (left.isPresent()) {
      FileTrees.delete(request.folder());
      FileTrees.delete(left.get().admin());
    }
    if (!existed) {
      repository.refs().tryDelete(planned.ref(), ObjectId.fromString(request.start()));
    }
  }

  @Override
  public List<Change> status(WorktreeFolder worktree) throws IOException, InterruptedException {
    return entries(worktree).stream().map(Entry::change).toList();
  }

  /// What `git status` says of a path: how the index differs from HEAD, and the file from the
  /// index.
  private record Entry(char staged, char file, String path) {
    static Entry of(String line) {
      return new Entry(line.charAt(0), line.charAt(1), line.substring(3));
    }

    Change change() {
      if (staged != '?') {
        return new Change(path, Change.Kind.CHANGED);
      }
      return new Change(path, path.endsWith("/") ? Change.Kind.REPOSITORY : Change.Kind.NEW);
    }

    boolean isStaged() {
      return staged != ' ' && staged != '?';
    }

    boolean isInIndex() {
      return file == ' ';
    }
  }

  private List<Entry> entries(WorktreeFolder worktree) throws IOException, InterruptedException {
    var out =
        ask(
            worktree,
            "status",
            "--porcelain=v1",
            "-z",
            "--untracked-files=all",
            "--no-renames",
            "--ignore-submodules=none");
    return Stream.of(out.split("\0")).filter(line -> line.length() > 3).map(Entry::of).toList();
  }

  /// The lines of one file in the index: mode, blob, stage.
  String readEntry(Path folder, String path) throws IOException, InterruptedException {
    var lines = git.ask(folder, "--literal-pathspecs", "ls-files", "-s", "--", path);
    return lines
        .lines()
        .map(line -> line.substring(0, line.indexOf('\t')) + "\n")
        .collect(Collectors.joining());
  }

  /// Three calls of git as a rule; what one look has told is not asked for again.
  @Override
  public CommitResult commitAll(WorktreeFolder worktree, CommitRequest request, Hooks hooks)
      throws IOException, InterruptedException {
    var leftOut = request.leftOut();
    var all = entries(worktree);
    var entries = all.stream().filter(entry -> !entry.change().isLeftOut(leftOut)).toList();
    var changes = entries.stream().map(Entry::change).toList();
    var tooMuch = new CommitLimits(request).findExcess(changes, change -> size(worktree, change));
    if (tooMuch.isPresent()) {
      return new CommitResult.TooMuch(tooMuch.get());
    }
    if (all.stream().anyMatch(entry -> entry.isStaged() && entry.change().isLeftOut(leftOut))) {
      unstage(worktree, leftOut);
    }
    if (entries.isEmpty()) {
      return new CommitResult.Nothing();
    }
    stage(worktree, entries, leftOut);
    var commit = commit(worktree, request, hooks);
    return commit instanceof CommitResult.Made || isAnythingStaged(worktree)
        ? commit
        : new CommitResult.Nothing();
  }

  /// Not so where a submodule has changes that it has not committed.
  private boolean isAnythingStaged(WorktreeFolder worktree)
      throws IOException, InterruptedException {
    var arguments = List.of("diff-index", "--cached", "--quiet", "HEAD");
    return !call(worktree, new GitProgram.Call(worktree.folder(), arguments)).isOk();
  }

  private static long size(WorktreeFolder worktree, Change change) throws IOException {
    var file = worktree.folder().resolve(change.path());
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
  }

  /// By name; all that there is where a name has gone since, or is no text.
  private void stage(WorktreeFolder worktree, List<Entry> entries, Set<String> leftOut)
      throws IOException, InterruptedException {
    var paths = entries.stream().filter(entry -> !entry.isInIndex()).map(Entry::path).toList();
    if (paths.isEmpty()) {
      return;
    }
    var named =
        new GitProgram.Call(
                worktree.folder(), add(worktree, "--pathspec-from-file=-", "--pathspec-file-nul"))
            .withInput(String.join("\0", paths))
            .with("GIT_LITERAL_PATHSPECS", "1");
    if (paths.stream().anyMatch(path -> path.indexOf(NO_TEXT) >= 0)
        || !call(worktree, named).isOk()) {
      var everything = new ArrayList<>(add(worktree, "--", "."));
      leftOut.forEach(path -> everything.add(":(top,exclude,literal)" + path));
      ask(worktree, everything.toArray(String[]::new));
    }
  }

  private List<String> add(WorktreeFolder worktree, String... what) throws IOException {
    var add = new ArrayList<>(List.of("add", "-A"));
    if (repository.config(worktree.place()).isOn("core.sparsecheckout", false)) {
      add.add("--sparse");
    }
    add.addAll(List.of(what));
    return add;
  }

  private void unstage(WorktreeFolder worktree, Set<String> paths)
      throws IOException, InterruptedException {
    var reset = new ArrayList<>(List.of("reset", "--quiet", "--"));
    paths.forEach(path -> reset.add(":(top,literal)" + path));
    ask(worktree, reset.toArray(String[]::new));
  }

  /// Commits what is staged.
  CommitResult commit(WorktreeFolder worktree, CommitRequest request, Hooks hooks)
      throws IOException, InterruptedException {
    var config = repository.config(worktree.place());
    var author = config.author();
    var committer = config.committer();
    var arguments = new ArrayList<String>();
    if (hooks == Hooks.SKIPPED) {
      arguments.addAll(List.of("-c", "core.hooksPath=/dev/null"));
    }
    arguments.addAll(List.of("commit", "--quiet", "--cleanup=whitespace", "--file=-"));
    arguments.add(request.sign() ? "--no-edit" : "--no-gpg-sign");
    var call =
        new GitProgram.Call(worktree.folder(), arguments)
            .withInput(request.message())
            .with("GIT_AUTHOR_NAME", author.name())
            .with("GIT_AUTHOR_EMAIL", author.email())
            .with("GIT_COMMITTER_NAME", committer.name())
            .with("GIT_COMMITTER_EMAIL", committer.email());
    var before = head(worktree);
    var answer = git.call(call);
    for (var left = MORE_TRIES; answer.isKilled() && left > 0; left--) {
      if (isMade(worktree, before, request)) {
        break;
      }
      new StaleLocks(repository.commonDir()).remove(worktree);
      answer = git.call(call);
    }
    return answer.isOk() || isMade(worktree, before, request)
        ? new CommitResult.Made(head(worktree))
        : new CommitResult.HookFailed(findUnstartable(worktree).orElseGet(answer::reason));
  }

  /// The hook of a commit that cannot be started: git says only that there is no such file.
  private Optional<String> findUnstartable(WorktreeFolder worktree) throws IOException {
    var place = worktree.place();
    var folder = adw.git.config.Hooks.of(place, repository.config(place), repository.world());
    for (var name : WorktreeCommit.HOOKS) {
      var hook = folder.find(name);
      var problem = hook.flatMap(file -> problem(file, worktree));
      if (problem.isPresent()) {
        return Optional.of(name + " hook: " + problem.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> problem(Path hook, WorktreeFolder worktree) {
    var environment = repository.world().environment();
    return new Command(List.of(hook.toString()), worktree.folder(), environment, Duration.ZERO)
        .findProblem();
  }

  /// A commit that stands on the branch was made, whatever became of git after that: its last hook
  /// may have hung. One of a hook's own is another.
  private boolean isMade(WorktreeFolder worktree, String before, CommitRequest request)
      throws IOException {
    var now = head(worktree);
    var last = request.message().strip();
    var trailer = last.substring(last.lastIndexOf('\n') + 1);
    return !now.equals(before)
        && repository
            .store()
            .readCommit(ObjectId.fromString(now))
            .getFullMessage()
            .contains(trailer);
  }

  /// One that was killed alone is called again: nothing that it started lives, and its locks go.
  private GitProgram.Answer call(WorktreeFolder worktree, GitProgram.Call call)
      throws IOException, InterruptedException {
    var answer = git.call(call);
    for (var left = MORE_TRIES; answer.isKilled() && left > 0; left--) {
      new StaleLocks(repository.commonDir()).remove(worktree);
      removeLock(call);
      answer = git.call(call);
    }
    return answer;
  }

  private static void removeLock(GitProgram.Call call) throws IOException {
    var own = call.variables().get("GIT_INDEX_FILE");
    if (own != null) {
      Files.deleteIfExists(Path.of(own + ".lock"));
    }
  }

  /// What git wrote; a git that says no is a surprise.
  private String ask(WorktreeFolder worktree, String... arguments)
      throws IOException, InterruptedException {
    var call = new GitProgram.Call(worktree.folder(), List.of(arguments));
    var answer = call(worktree, call);
    if (!answer.isOk()) {
      throw new GitException("git " + call.verb() + ": " + answer.reason());
    }
    return answer.out();
  }

  private static String head(WorktreeFolder worktree) throws IOException {
    return worktree.place().commit().orElseThrow();
  }

  @Override
  public String writeFiles(WorktreeFolder worktree) throws IOException, InterruptedException {
    var admin = worktree.admin();
    var index = Files.createTempFile(admin, "adw-index", "");
    try {
      if (Files.exists(admin.resolve("index"), LinkOption.NOFOLLOW_LINKS)) {
        Files.write(index, Files.readAllBytes(admin.resolve("index")));
      }
      var add =
          new GitProgram.Call(worktree.folder(), List.of("add", "-A"))
              .with("GIT_INDEX_FILE", index.toString());
      var added = call(worktree, add);
      if (!added.isOk()) {
        throw new GitException("git add: " + added.reason());
      }
      var tree =
          new GitProgram.Call(worktree.folder(), List.of("write-tree"))
              .with("GIT_INDEX_FILE", index.toString());
      return call(worktree, tree).out().strip();
    } finally {
      Files.deleteIfExists(index);
    }
  }

  @Override
  public void reset(WorktreeFolder worktree, String commit)
      throws IOException, InterruptedException {
    // What is in submodules is not a matter of this worktree's own files.
    ask(worktree, "-c", "submodule.recurse=false", "reset", "--quiet", "--hard", commit);
    ask(worktree, "clean", "--quiet", "-d", "--force");
  }
}
