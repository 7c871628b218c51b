package adw.daemon;

import adw.daemon.attempt.RunBase;
import adw.daemon.context.DaemonContext;
import adw.git.BaseBranch;
import adw.planning.GlobalHolds;
import adw.planning.Planner;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.readiness.Decision;
import adw.workflow.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `adw run` would do now, without doing it: it changes nothing and spends nothing.
public final class DryRun {
  private final DaemonContext context;
  private final Planner outlook;

  public DryRun(DaemonContext context) {
    this.context = context;
    this.outlook = new Planner(context.view());
  }

  /// @param base where runs start that build on nothing
  public record Result(BaseBranch base, List<Row> rows) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /// One task that is not done.
  ///
  /// @param starts whether it would be claimed now
  /// @param why what it waits for, or why it is held, with the cure
  public record Row(
      Task task,
      boolean starts,
      Optional<String> workflow,
      Optional<String> model,
      Optional<String> worktree,
      String why) {}

  public Result of(TaskDocument document) throws IOException, InterruptedException {
    var base = RunBase.known(context);
    var hold = findHold(document, base);
    var rows = new ArrayList<Row>();
    var slots = context.settings().trigger().maxConcurrent() - context.runs().liveIds().size();
    for (var decision : outlook.preview(document, context.localNow())) {
      var row = row(decision, hold, slots);
      if (row.isPresent()) {
        rows.add(row.get());
        slots -= row.get().starts() ? 1 : 0;
      }
    }
    return new Result(base, rows);
  }

  private Optional<Decision.Held> findHold(TaskDocument document, BaseBranch base)
      throws IOException, InterruptedException {
    var known =
        GlobalHolds.find(
            context.state(), context.tasks(), document, context.settings().worktrees().minFree());
    var hold = known.isPresent() ? known : new UnreviewedBranches(context).findHold();
    var verify = context.settings().limits().verify();
    return hold.isPresent() || verify.isEmpty()
        ? hold
        : new BaseVerdicts(context.state(), verify)
            .find(base)
            .flatMap(verdict -> verdict.hold(base));
  }

  private Optional<Row> row(Decision decision, Optional<Decision.Held> hold, int slots)
      throws IOException {
    var task = decision.task();
    return switch (decision.state()) {
      case Decision.Started _, Decision.Group _ -> Optional.empty();
      case Decision.Held(var why, var cure) ->
          Optional.of(later(task, "held: " + why + " (" + cure + ")"));
      case Decision.Waiting(var on) -> Optional.of(later(task, "waits for " + on));
      case Decision.Ready _, Decision.Gate _, Decision.AsksFirst _, Decision.Due _
          when hold.isPresent() ->
          Optional.of(later(task, "held: " + hold.get().why() + " (" + hold.get().cure() + ")"));
      case Decision.Ready(var prerequisites) when slots > 0 ->
          Optional.of(start(task, prerequisites));
      case Decision.Ready _ -> Optional.of(later(task, "waits for a free slot"));
      case Decision.Gate() -> Optional.of(later(task, "asks a person to approve"));
      case Decision.AsksFirst _ ->
          Optional.of(later(task, "asks a person to approve before it starts"));
      case Decision.Due() -> Optional.of(later(task, "a copy is put below it"));
    };
  }

  private Row start(Task task, List<Decision.Prerequisite> prerequisites) throws IOException {
    var workflow =
        outlook.select(task) instanceof Selection.Chosen(var chosen)
            ? Optional.of(chosen.name())
            : Optional.<String>empty();
    var why =
        prerequisites.isEmpty() ? "" : "builds on " + prerequisites.size() + " done before it";
    var model = context.workflows().findModel(task.tags());
    var worktree = task.scope().name().orElse("task-<id>");
    return new Row(task, true, workflow, model, Optional.of(worktree), why);
  }

  private static Row later(Task task, String why) {
    return new Row(task, false, Optional.empty(), Optional.empty(), Optional.empty(), why);
  }
}
