package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.git.BaseBranch;
import adw.git.CreateResult;
import adw.git.Head;
import adw.git.MergeResult;
import adw.git.NewWorktree;
import adw.git.Worktree;
import adw.git.config.BaseSettings;
import adw.git.config.GitException;
import adw.os.process.RunningPrograms;
import adw.run.Run;
import adw.run.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where runs start: the base branch, or what their prerequisites left; and the worktrees made
/// there.
public final class RunBase {
  private static final String NOWHERE = "0".repeat(40);
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration ORPHAN_LIMIT = Duration.ofMinutes(10);
  private static final Duration ORPHAN_PACE = Duration.ofMillis(200);

  private final DaemonContext context;
  private volatile Optional<BaseBranch> verified = Optional.empty();

  public RunBase(DaemonContext context) {
    this.context = context;
  }

  sealed interface Start {
    /// @param base name of the base branch, for people
    record At(String base, String commit) implements Start {}

    /// The commit of `id` cannot be merged with those before it.
    record Conflict(String id, List<String> files) implements Start {}
  }

  /// As far as it is known here: asks no remote.
  public static BaseBranch known(DaemonContext context) throws IOException, InterruptedException {
    var settings = context.settings().worktrees();
    return context.repository().findBase(new BaseSettings(settings.base(), false, MAX_AGE));
  }

  /// Whether what is known here is too old to start from.
  public boolean isFetchDue() throws IOException {
    return context.repository().isFetchDue(wanted(Optional.empty()));
  }

  public void fetch(Optional<String> base) throws IOException, InterruptedException {
    current(base);
  }

  /// It was verified: runs start there, and not from one that has come in meanwhile.
  public void startFrom(BaseBranch base) {
    verified = Optional.of(base);
  }

  /// Whether runs start there since it has passed `verify`.
  boolean isVerified(String commit) {
    return verified.filter(base -> base.commit().equals(commit)).isPresent();
  }

  private BaseBranch baseOf(Run run) throws IOException, InterruptedException {
    var base = run.order().wishes().base().isEmpty() ? verified : Optional.<BaseBranch>empty();
    return base.isPresent() ? base.get() : current(run.order().wishes().base());
  }

  /// One at a time: it may fetch.
  private synchronized BaseBranch current(Optional<String> wanted)
      throws IOException, InterruptedException {
    return context.repository().findBase(wanted(wanted));
  }

  private BaseSettings wanted(Optional<String> base) {
    var settings = context.settings().worktrees();
    return new BaseSettings(base.orElse(settings.base()), settings.fetch(), MAX_AGE);
  }

  Start startOf(Run run) throws IOException, InterruptedException {
    var base = baseOf(run);
    var scope = run.order().scope();
    var root =
        scope.isPresent()
            ? context.repository().findBranch(scope.get()).orElse(base.commit())
            : base.commit();
    var needed = needed(run, root);
    if (scope.isPresent()) {
      needed.addFirst(root);
    }
    return start(run, base, needed.isEmpty() ? List.of(root) : needed);
  }

  private Start start(Run run, BaseBranch base, List<String> commits)
      throws IOException, InterruptedException {
    if (commits.size() == 1) {
      return new Start.At(base.branch(), commits.getFirst());
    }
    var message = "Base of " + run.id() + "\n\nAdw-Run: " + run.id() + "\n";
    return switch (context.repository().merge(commits, message)) {
      case MergeResult.Merged(var commit) -> new Start.At(base.branch(), commit);
      case MergeResult.Conflict(var commit, var files) ->
          new Start.Conflict(idOf(run, commit), files);
    };
  }

  /// The prerequisites' commits in file order, less those that the root or another contains.
  private List<String> needed(Run run, String root) throws IOException {
    var commits = new ArrayList<String>();
    for (var prerequisite : run.order().prerequisites()) {
      if (prerequisite.commit().isPresent()) {
        context.repository().findCommit(prerequisite.commit().get()).ifPresent(commits::add);
      }
    }
    var needed = new ArrayList<String>();
    for (var commit : commits.stream().distinct().toList()) {
      if (!isContained(commit, root, commits)) {
        needed.add(commit);
      }
    }
    return needed;
  }

  private boolean isContained(String commit, String root, List<String> others) throws IOException {
    if (context.repository().isAncestor(commit, root)) {
      return true;
    }
    for (var other : others) {
      if (!other.equals(commit) && context.repository().isAncestor(commit, other)) {
        return true;
      }
    }
    return false;
  }

  private String idOf(Run run, String commit) throws IOException {
    for (var prerequisite : run.order().prerequisites()) {
      var full =
          prerequisite.commit().isEmpty()
              ? Optional.<String>empty()
              : context.repository().findCommit(prerequisite.commit().get());
      if (full.equals(Optional.of(commit))) {
        return prerequisite.id();
      }
    }
    return run.order().scope().orElse("base");
  }

  /// The run's worktree on its branch, at its start.
  Worktree createWorktree(Run run, String start) throws IOException, InterruptedException {
    var request = request(run, start);
    var worktree = run.order().scope().isPresent() ? shared(run, request) : own(run, request);
    if (!worktree.head().equals(new Head.OnBranch(start))) {
      worktree.moveTo(start);
    }
    return worktree;
  }

  private Worktree own(Run run, NewWorktree request) throws IOException, InterruptedException {
    return PreparationCount.isAgain(run) ? takeOver(request) : create(request);
  }

  /// What another run could not keep there is kept for it.
  private Worktree shared(Run run, NewWorktree request) throws IOException, InterruptedException {
    if (PreparationCount.isAgain(run)) {
      putAside(run, request);
      return takeOver(request);
    }
    if (context.repository().create(request) instanceof CreateResult.Made made) {
      return told(made);
    }
    var unkept = new UnsavedWork(context);
    var left = unkept.find(request.branch());
    if (left.isPresent()) {
      putAside(left.get(), request);
      unkept.forget(request.branch());
    }
    return create(request);
  }

  public Worktree create(NewWorktree request) throws IOException, InterruptedException {
    return switch (context.repository().create(request)) {
      case CreateResult.Made made -> told(made);
      case CreateResult.Refused(var reason) -> throw new GitException(reason);
    };
  }

  Worktree told(CreateResult.Made made) {
    made.warning()
        .ifPresent(why ->
            context.listener().noticed(made.worktree().folder() + ": made all the same: " + why));
    return made.worktree();
  }

  /// Makes a worktree that a daemon may have begun before it died: the end of a git program that
  /// still makes it is awaited, and one that was finished is used.
  public Worktree takeOver(NewWorktree request) throws IOException, InterruptedException {
    var end = System.nanoTime() + ORPHAN_LIMIT.toNanos();
    awaitPrograms(request.folder(), end);
    var begun = context.repository().worktree(request.folder(), request.branch());
    context.repository().removeStaleLocks(begun); // of the branch, too
    while (true) {
      switch (context.repository().create(request)) {
        case CreateResult.Made made -> {
          return told(made);
        }
        case CreateResult.Refused(var reason) -> {
          var existing = context.repository().worktree(request.folder(), request.branch());
          if (existing.isFinished() && existing.head() instanceof Head.OnBranch) {
            context.repository().removeStaleLocks(existing); // no program is at work there any more
            existing.moveTo(request.start());
            return existing;
          }
          if (!existing.isBeingMade() || System.nanoTime() > end) {
            throw new GitException(reason);
          }
        }
      }
      Thread.sleep(ORPHAN_PACE);
    }
  }

  /// A git program that has just begun has made nothing yet by which its worktree could be known.
  private static void awaitPrograms(Path folder, long end) throws InterruptedException {
    while (RunningPrograms.isAnyWith(folder.toString()) && System.nanoTime() < end) {
      Thread.sleep(ORPHAN_PACE);
    }
  }

  /// What a run had made in its scope's worktree when it could not go on.
  private void putAside(Run run, NewWorktree request) throws IOException, InterruptedException {
    var worktree = context.repository().worktree(request.folder(), request.branch());
    if (worktree.isFinished()) {
      context.repository().removeStaleLocks(worktree);
      var start = run.place().map(RunPlace::start).orElse(request.start());
      worktree.putAside(run.id(), start, request.start());
    }
  }

  /// The worktree of a run that goes on; made anew on its branch if it was cleaned away.
  Worktree ensureWorktree(Run run) throws IOException, InterruptedException {
    var place = run.place().orElseThrow();
    var worktree = context.repository().worktree(place.worktree(), place.branch());
    if (!(worktree.head() instanceof Head.Missing)) {
      return worktree;
    }
    var tip = context.repository().findBranch(place.branch()).orElse(place.start());
    return create(NewWorktree.fresh(place.worktree(), place.branch(), tip));
  }

  /// Whether an earlier start has left a worktree to go on with.
  boolean isBegun(Run run) throws IOException {
    var request = request(run, NOWHERE);
    return context.repository().worktree(request.folder(), request.branch()).isFinished();
  }

  /// Of a run that could not be started there is no half worktree.
  void clearUnfinished(Run run) throws IOException, InterruptedException {
    context.repository().clearUnfinished(request(run, NOWHERE));
  }

  NewWorktree request(Run run, String start) {
    var scope = run.order().scope();
    return scope.isPresent()
        ? NewWorktree.shared(folder(scope.get()), scope.get(), start)
        : NewWorktree.fresh(folder(run.id()), branch(run), start);
  }

  /// Where a run works that starts now.
  public static Path folder(DaemonContext context, Run run) {
    return folder(context).resolve(run.order().scope().orElse(run.id()));
  }

  private Path folder(String name) {
    return folder(context).resolve(name);
  }

  /// The folder of all worktrees.
  public static Path folder(DaemonContext context) {
    return context.settings().worktrees().folder(context.checkout());
  }

  private String branch(Run run) {
    return context
        .settings()
        .worktrees()
        .branch()
        .replace("{id}", run.id())
        .replace("{slug}", BranchSlug.of(run.order().text()))
        .replace("{name}", run.order().name().orElse(run.id()));
  }
}
