package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.git.Worktree;
import adw.run.Outcome;
import adw.run.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Readies a fresh worktree: copies the ignored files that it needs, then runs `[worktree] setup`.
public final class SetUpLines {
  static final Duration LIMIT = Duration.ofMinutes(10);

  private final DaemonContext context;
  private final ShellLines lines;

  public SetUpLines(DaemonContext context, CancelRequests stopping) {
    this.context = context;
    this.lines = new ShellLines(context, stopping, ShellLines.Kind.SET_UP);
  }

  public sealed interface Result {
    /// @param run with what set-up copied and changed on record
    record Ready(Run run) implements Result {}

    record Failed(Outcome outcome) implements Result {}
  }

  /// Whether there is anything to be copied or run.
  boolean isNeeded() {
    return !context.settings().worktrees().setUp().isEmpty()
        || Worktree.isAnyCopied(context.checkout());
  }

  public Result run(Run run, Worktree worktree) throws IOException, InterruptedException {
    return runLines(copied(run, worktree.copyIgnored(context.checkout())), worktree);
  }

  /// The same for a worktree that was made ahead, as far as something is left to do.
  Result goOn(Run run, GivenWorktree given) throws IOException, InterruptedException {
    var noted = copied(run, given.copied());
    if (given.setUpTree().isEmpty()) {
      return runLines(noted, given.worktree());
    }
    context.happened(noted, "set-up", "made", "ahead");
    var place = noted.place().orElseThrow().afterSetUp(given.setUpTree());
    return new Result.Ready(noted.in(place));
  }

  private static Run copied(Run run, List<String> paths) {
    return paths.isEmpty() ? run : run.with(run.notes().withCopied(paths));
  }

  private Result runLines(Run noted, Worktree worktree) throws IOException, InterruptedException {
    var setUp = context.settings().worktrees().setUp();
    if (setUp.isEmpty()) {
      return new Result.Ready(noted);
    }
    var failure = lines.run(noted, setUp, LIMIT);
    if (failure.isPresent()) {
      return new Result.Failed(failure.get());
    }
    context.happened(noted, "set-up");
    var place = noted.place().orElseThrow().afterSetUp(Optional.of(worktree.snapshot()));
    return new Result.Ready(noted.in(place));
  }
}
