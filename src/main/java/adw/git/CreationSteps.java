package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.FirstTrueLine;
import adw.git.config.GitException;
import adw.git.config.GitProgram;
import adw.git.config.Hooks;
import adw.git.config.RepositoryPaths;
import adw.git.config.UnsupportedException;
import adw.git.config.WorktreeAdmin;
import adw.git.content.Attributes;
import adw.os.Directory;
import adw.os.FileTrees;
import adw.os.NewFolders;
import adw.os.ProblemWords;
import adw.os.process.Command;
import adw.os.process.CommandResult;
import adw.os.process.ExitStatus;
import adw.os.process.ProcessIdentity;
import adw.text.Durations;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Makes one worktree by ourselves, in git's order: whoever looks at any moment (git too, and
/// whoever heals after a crash) sees nothing, a locked one in the making, or a whole one.
final class CreationSteps {
  private static final String HOOK_FILE = "post-checkout";
  private static final String HOOK = HOOK_FILE + " hook";
  private static final Duration HOOK_LIMIT = Duration.ofMinutes(10);

  private final RepositoryParts repository;
  private final CreateStep steps;
  private final NewWorktree request;
  private final WorktreeFolder planned;
  private final ObjectId start;

  // What this very call has made so far, to be taken back if it fails.
  private @Nullable Path admin;
  private boolean madeFolder;
  private boolean madeBranch;
  private Optional<String> warning = Optional.empty();

  private CreationSteps(
      RepositoryParts repository,
      CreateStep steps,
      NewWorktree request,
      WorktreeFolder planned,
      ObjectId start) {
    this.repository = repository;
    this.steps = steps;
    this.request = request;
    this.planned = planned;
    this.start = start;
  }

  /// On its branch: a new one at the start that was asked for, or one that is there, at its tip.
  static CreationSteps of(
      RepositoryParts repository, CreateStep steps, NewWorktree request, WorktreeFolder planned)
      throws IOException {
    var tip = repository.store().findRef(planned.ref());
    var start = tip.orElse(ObjectId.fromString(request.start()));
    return new CreationSteps(repository, steps, request, planned, start);
  }

  /// On no branch: to be made ahead, for a run to come.
  static CreationSteps ahead(
      RepositoryParts repository, CreateStep steps, Path folder, ObjectId start) {
    var request = NewWorktree.fresh(folder, "", start.name());
    return new CreationSteps(
        repository, steps, request, new WorktreeFolder(repository, folder, ""), start);
  }

  ObjectId start() {
    return start;
  }

  /// What the hook had against a worktree that was made.
  Optional<String> warning() {
    return warning;
  }

  void make() throws IOException, InterruptedException, UnsupportedException {
    var done = false;
    try {
      var own = makeAdmin();
      makeFolder(own);
      makeBranch();
      makeHead(own);
      checkOut(own);
      step("unlock");
      Files.delete(own.resolve("locked"));
      done = true;
    } finally {
      if (!done) {
        takeBack();
      }
    }
    callHook();
  }

  /// All but the branch; it stays locked as one in the making. Gives its own directory.
  Path makeAhead() throws IOException, InterruptedException, UnsupportedException {
    var done = false;
    try {
      var own = makeAdmin();
      makeFolder(own);
      writeWhole(own, "HEAD", start.name());
      write(own, "ORIG_HEAD", start.name());
      checkOut(own);
      done = true;
      return own;
    } finally {
      if (!done) {
        takeBack();
      }
    }
  }

  /// The rest for one that was made ahead in this very folder, at this very start.
  void adopt(Path made) throws IOException, InterruptedException {
    admin = made;
    madeFolder = true;
    var done = false;
    try {
      makeBranch();
      makeHead(made);
      step("unlock");
      Files.delete(made.resolve("locked"));
      done = true;
    } finally {
      if (!done) {
        takeBack();
      }
    }
    callHook();
  }

  private void step(String name) {
    steps.at(name);
  }

  /// `mkdir` is the lock: of two that want the same name, one goes on to the next.
  private Path makeAdmin() throws IOException {
    step("admin");
    var worktrees = repository.commonDir().resolve("worktrees");
    var name = WorktreeAdmin.name(request.folder());
    for (var number = 0; ; number++) {
      var own = worktrees.resolve(number == 0 ? name : name + number);
      NewFolders.make(worktrees);
      try {
        Files.createDirectory(own);
        admin = own;
        step("locked");
        writeWhole(own, "locked", StaleWorktrees.INITIALIZING + " " + ProcessIdentity.self());
        return own;
      } catch (FileAlreadyExistsException | NoSuchFileException _) {
        // Taken by someone else; or git has pruned the empty `worktrees` just now. The next one.
      }
    }
  }

  private static void write(Path folder, String name, String line) throws IOException {
    Files.writeString(folder.resolve(name), line + "\n", UTF_8);
  }

  /// For what any git of this repository reads at any moment and dies of if it is empty, and by
  /// which whoever heals knows what this is.
  private static void writeWhole(Path folder, String name, String line) throws IOException {
    write(folder, name + StaleWorktrees.DRAFT, line);
    Files.move(
        folder.resolve(name + StaleWorktrees.DRAFT),
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE);
  }

  private void makeFolder(Path own) throws IOException {
    step("folder");
    var folder = request.folder();
    Files.createDirectories(folder.resolveSibling(""));
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      madeFolder = true;
    }
    step("gitdir");
    writeWhole(own, "gitdir", folder.toRealPath().resolve(".git").toString());
    step("commondir");
    writeWhole(own, "commondir", "../..");
    step("dotgit");
    writeWhole(folder, ".git", "gitdir: " + own.toRealPath());
  }

  private void makeBranch() throws IOException, InterruptedException {
    step("branch");
    if (repository.store().findRef(planned.ref()).isPresent()) {
      return;
    }
    var why = "branch: Created from " + start.name();
    if (!repository.refs().tryCreate(planned.ref(), start, why)) {
      throw new GitException("branch " + planned.branch() + inTheWay());
    }
    madeBranch = true;
  }

  private String inTheWay() throws IOException {
    return repository.store().findRef(planned.ref()).isPresent()
        ? " was made by someone else meanwhile"
        : " is locked: %s.lock (if no git is at work there, delete that file)"
            .formatted(repository.commonDir().resolve(planned.ref()));
  }

  private void makeHead(Path own) throws IOException {
    step("head");
    writeWhole(own, "HEAD", "ref: " + planned.ref());
    step("log");
    new HeadReflog(own)
        .append(
            ObjectId.zeroId().name(), start.name(), repository.committer(), repository.world(), "");
    step("orighead");
    write(own, "ORIG_HEAD", start.name());
  }

  private void checkOut(Path own) throws IOException, InterruptedException, UnsupportedException {
    step("checkout");
    // The kernel's own clock, which gives the files their times.
    var now = Files.getLastModifiedTime(own.resolve("ORIG_HEAD")).to(TimeUnit.SECONDS);
    var place = place(own);
    var config = repository.config(place);
    var attributes = Attributes.outer(place, config, repository.world());
    try (var lock = IndexLock.take(own);
        var top = Directory.open(request.folder())) {
      var tree = repository.store().readTree(start);
      var index = new Checkout(repository.store(), now - 1).write(top, tree, attributes);
      step("index");
      lock.write(index);
    }
  }

  private RepositoryPaths place(Path own) {
    return new RepositoryPaths(own, repository.commonDir(), Optional.of(request.folder()));
  }

  private void takeBack() throws IOException, InterruptedException {
    if (admin == null) {
      return;
    }
    if (madeFolder) {
      FileTrees.delete(request.folder());
    } else if (Files.isDirectory(request.folder()) && Files.exists(admin.resolve("gitdir"))) {
      FileTrees.empty(request.folder());
    }
    if (madeBranch) {
      repository.refs().tryDelete(planned.ref(), start);
    }
    FileTrees.delete(admin);
  }

  /// As `git worktree add` does: what is checked out stands, whatever the hook says.
  private void callHook() throws IOException, InterruptedException {
    var place = place(Objects.requireNonNull(admin));
    var config = repository.config(place);
    var hook = Hooks.of(place, config, repository.world()).find(HOOK_FILE);
    if (hook.isPresent()) {
      var argv = List.of(hook.get().toString(), ObjectId.zeroId().name(), start.name(), "1");
      var environment = GitProgram.environment(repository.world());
      var enclosure = repository.enclosure();
      var enclosed = enclosure.wrap(argv, request.folder(), environment);
      try {
        warning = refusal(new Command(enclosed, request.folder(), environment, HOOK_LIMIT).run());
      } catch (IOException e) {
        warning = Optional.of(HOOK + ": " + ProblemWords.of(e));
      } finally {
        enclosure.settle(request.folder(), environment);
      }
    }
  }

  private static Optional<String> refusal(CommandResult hook) {
    return switch (hook.status()) {
      case ExitStatus.Exited(var code) when code == 0 -> Optional.empty();
      case ExitStatus.Exited(var code) -> {
        var said = FirstTrueLine.find(hook.errText().isBlank() ? hook.outText() : hook.errText());
        yield Optional.of(HOOK + ": " + said.orElse("exit code " + code));
      }
      case ExitStatus.TimedOut(var limit) ->
          Optional.of(HOOK + ": no end after " + Durations.typed(limit));
      case ExitStatus.Stopped() -> Optional.of(HOOK + ": was ended with its run");
    };
  }
}
