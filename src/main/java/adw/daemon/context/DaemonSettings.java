package adw.daemon.context;

import adw.planning.Planner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `adw.toml` says about the loop, its worktrees and its limits.
public record DaemonSettings(Trigger trigger, Worktrees worktrees, Limits limits) {
  public static final DaemonSettings DEFAULT =
      new DaemonSettings(Trigger.DEFAULT, Worktrees.DEFAULT, Limits.DEFAULT);

  /// `[trigger]`.
  ///
  /// @param poll at least one second
  /// @param maxConcurrent runs that hold a slot at once, over all processes of the repository
  /// @param maxUnreviewed finished branches awaiting review at which nothing new starts; 0: no
  ///   limit
  public record Trigger(
      Duration poll, int maxConcurrent, int maxUnreviewed, Layout layout, boolean keepAwake) {
    public static final Trigger DEFAULT =
        new Trigger(Duration.ofSeconds(5), 5, 0, Layout.AUTO, false);
  }

  /// Where done lines stand.
  public enum Layout {
    /// Under their scope's heading Done, if there is one; in a tracked file where they are.
    AUTO,
    IN_PLACE
  }

  /// `[worktree]`.
  ///
  /// @param dir folder of the worktrees, relative to the repository's root; `{repo}` is its name
  /// @param base base branch, or "" for the one the repository suggests
  /// @param branch pattern with `{id}`, `{slug}`, `{name}`
  /// @param minFree bytes below which nothing new starts
  /// @param ahead the worktrees that are made ahead of their runs
  public record Worktrees(
      String dir,
      String base,
      String branch,
      boolean fetch,
      List<String> setUp,
      long minFree,
      Keep keep,
      boolean sign,
      Ahead ahead) {
    public static final Worktrees DEFAULT =
        new Worktrees(
            "trees",
            "",
            "task-{id}",
            true,
            List.of(),
            1L << 30,
            Keep.UNTIL_REVIEWED,
            false,
            Ahead.DEFAULT);

    public Worktrees {
      setUp = List.copyOf(setUp);
    }

    /// The folder of all worktrees.
    ///
    /// @param root the checkout that holds the task file
    public Path folder(Path root) {
      var name = String.valueOf(root.getFileName());
      return root.resolve(dir.replace("{repo}", name)).normalize();
    }

    public Planner.Worktrees forPlanner(Path root) {
      return new Planner.Worktrees(folder(root), base, fetch);
    }
  }

  /// Worktrees made ahead of their runs.
  ///
  /// @param ready so many, by an `adw run` that stays; 0: none
  /// @param setUp whether set-up is run in them
  /// @param inputs patterns, as in `.gitignore`, of the files that set-up reads; none: the usual
  ///   manifests and lock files
  public record Ahead(int ready, boolean setUp, List<String> inputs) {
    public static final Ahead DEFAULT = new Ahead(1, true, List.of());

    public Ahead {
      inputs = List.copyOf(inputs);
    }
  }

  /// What becomes of the worktree of a run that has ended.
  public enum Keep {
    UNTIL_REVIEWED,
    ALWAYS,
    NEVER
  }

  /// `[workflow]`, as far as it is about time, retries and checks.
  ///
  /// @param verify lines for `sh -c`, in order
  /// @param approvalTimeout after which an approval counts as rejected
  public record Limits(
      Duration timeout,
      Duration idleTimeout,
      int retries,
      List<String> verify,
      Duration verifyTimeout,
      Optional<Duration> approvalTimeout) {
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofMinutes(60),
            Duration.ofMinutes(10),
            0,
            List.of(),
            Duration.ofMinutes(30),
            Optional.empty());

    public Limits {
      verify = List.copyOf(verify);
    }
  }
}
