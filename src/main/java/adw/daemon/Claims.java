package adw.daemon;

import adw.daemon.attempt.PoolFiller;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.planning.Planner;
import adw.run.Run;
import adw.run.RunNotes;
import adw.run.Stage;
import adw.run.TaskSnapshot;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.file.FileReading;
import adw.task.readiness.Decision;
import adw.workflow.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Claims what is ready, as far as there are free slots: all in one write.
final class Claims {
  /// The workflow's name of a gate, which runs nothing.
  static final String GATE = "approve";

  private static final TaskSnapshot.Workflow RUNS_NOTHING =
      new TaskSnapshot.Workflow(GATE, Optional.empty());
  static final String QUESTION = "approve?";

  private final DaemonContext context;
  private final Planner outlook;
  private final PoolFiller ahead;
  private final String daemon;
  private final Set<String> told = new HashSet<>();

  Claims(DaemonContext context, Planner outlook, PoolFiller ahead, String daemon) {
    this.ahead = ahead;
    this.context = context;
    this.outlook = outlook;
    this.daemon = daemon;
  }

  /// What is about to be claimed.
  ///
  /// @param edits what the file must say
  /// @param runs their records, in the same order
  /// @param copied templates of which a copy is among the edits
  /// @param left ready tasks for which there was no slot
  /// @param warnings by the id of a run, what people should know before it starts
  record Plan(
      List<Edit> edits,
      List<Run> runs,
      List<Task> copied,
      int left,
      Map<String, List<String>> warnings) {
    boolean isEmpty() {
      return edits.isEmpty() && left == 0;
    }
  }

  Plan plan(TaskDocument document, FileReading.Current reading, int slots) throws IOException {
    ahead.takeBack();
    var draft = new Draft(slots);
    var holds = reading.holds();
    for (var decision : outlook.decisions(document, context.localNow())) {
      var task = decision.task();
      switch (decision.state()) {
        case Decision.Ready(var prerequisites) when !holds.containsKey(task.line()) ->
            draft.claim(task, prerequisites);
        case Decision.Due() -> draft.copy(task);
        case Decision.Gate() when !holds.containsKey(task.line()) ->
            draft.ask(task, List.of(), RUNS_NOTHING);
        case Decision.AsksFirst(var prerequisites) when !holds.containsKey(task.line()) ->
            draft.ask(task, prerequisites, workflow(task));
        case Decision.Ready _,
            Decision.Waiting _,
            Decision.Held _,
            Decision.Gate _,
            Decision.AsksFirst _,
            Decision.Started _,
            Decision.Group _ -> {}
      }
    }
    return new Plan(draft.edits, draft.runs, draft.copied, draft.left, draft.warnings);
  }

  /// A plan that is being made.
  private final class Draft {
    private final int slots;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Task> copied = new ArrayList<>();
    private final Map<String, List<String>> warnings = new HashMap<>();
    private int claimed;
    private int left;

    Draft(int slots) {
      this.slots = slots;
    }

    void claim(Task task, List<Decision.Prerequisite> prerequisites) throws IOException {
      if (claimed >= slots) {
        left++;
        return;
      }
      claimed++;
      var run = claimed(id(task), task, prerequisites, workflow(task));
      runs.add(run);
      warnings.put(run.id(), outlook.warnings(task));
      edits.add(new Edit.Rewrite(task, new Mark.Running(run.id()), Optional.empty()));
    }

    void copy(Task template) {
      copied.add(template);
      edits.add(new Edit.InsertCopy(template));
    }

    /// Whoever waits for a person holds no slot.
    void ask(Task task, List<Decision.Prerequisite> prerequisites, TaskSnapshot.Workflow workflow)
        throws IOException {
      var asking = asking(claimed(newId(), task, prerequisites, workflow));
      runs.add(asking);
      if (!workflow.equals(RUNS_NOTHING)) {
        warnings.put(asking.id(), outlook.warnings(task));
      }
      edits.add(new Edit.Rewrite(task, new Mark.NeedsYou(asking.id()), Optional.of(QUESTION)));
    }
  }

  private TaskSnapshot.Workflow workflow(Task task) throws IOException {
    return switch (outlook.select(task)) {
      case Selection.Chosen(var workflow) ->
          new TaskSnapshot.Workflow(workflow.name(), Optional.of(workflow.hash()));
      case Selection.Unusable(var why, _) -> new TaskSnapshot.Workflow(why, Optional.empty());
    };
  }

  /// That of a run to come that is ready, unless the task works where others of its scope do.
  private String id(Task task) {
    var ready = task.scope().name().isEmpty() ? ahead.promise() : Optional.<String>empty();
    return ready.orElseGet(this::newId);
  }

  private String newId() {
    return context.runs().newId(context.world().random());
  }

  private Run claimed(
      String id,
      Task task,
      List<Decision.Prerequisite> prerequisites,
      TaskSnapshot.Workflow workflow) {
    var order = order(task, prerequisites, workflow);
    var asTyped = RunNotes.NONE.withMarker(task.marker()); // for who takes it all back
    return Run.claimed(id, new Run.Lineage(id, 1), order, daemon, context.now())
        .with(group(task).map(asTyped::withGroup).orElse(asTyped));
  }

  /// The nearest group around the task that has a budget, which its subtasks share.
  private static Optional<RunNotes.Group> group(Task task) {
    var group = task.parent();
    while (group.isPresent() && group.get().settings().budget().isEmpty()) {
      group = group.get().parent();
    }
    return group.map(found ->
        new RunNotes.Group(
            found.name().orElse(found.title()),
            found.settings().budget().orElseThrow().doubleValue()));
  }

  private Run asking(Run run) {
    var until =
        context.settings().limits().approvalTimeout().map(limit -> context.now().plus(limit));
    return run.at(new Stage.Waiting(0, new Stage.Wait(Stage.Wait.Why.APPROVAL, until, QUESTION)));
  }

  private TaskSnapshot order(
      Task task, List<Decision.Prerequisite> prerequisites, TaskSnapshot.Workflow workflow) {
    return new TaskSnapshot(
        new TaskSnapshot.Wording(task.text(), task.body(), task.line(), task.tags()),
        task.scope().name(),
        task.name(),
        new TaskSnapshot.Wishes(
            task.agent(),
            context.workflows().findModel(task.tags()),
            task.settings().base(),
            task.settings().timeout().map(Object::toString),
            task.settings().budget().map(Number::doubleValue),
            task.hasTag("report")),
        workflow,
        prerequisites.stream().flatMap(Claims::prerequisite).toList());
  }

  private static Stream<TaskSnapshot.Prerequisite> prerequisite(Decision.Prerequisite done) {
    return done
        .runId()
        .or(done::commit)
        .map(id -> new TaskSnapshot.Prerequisite(id, done.commit()))
        .stream();
  }

  /// Records first, then the file: a crash in between leaves a record without a claim, which is
  /// withdrawn.
  void write(FileUpdate writing, Plan plan) throws IOException, InterruptedException {
    for (var run : plan.runs()) {
      context.runs().write(run);
      context.runs().open(run.id());
      if (run.stage() instanceof Stage.Claimed) {
        context.runs().takeSlot(run.id());
      }
    }
    for (var template : plan.copied()) {
      outlook.copied(template, context.localNow());
    }
    context.listener().reached(DaemonListener.Step.RECORDED);
    writing.write(plan.edits());
    context.listener().reached(DaemonListener.Step.CLAIMED);
    for (var run : plan.runs()) {
      context.happened(run, "claimed", "text", run.order().text());
      warn(plan.warnings().getOrDefault(run.id(), List.of()));
    }
  }

  /// Once for each, not at every claim; a phase that is concerned keeps it in its record.
  private void warn(List<String> warnings) {
    for (var warning : warnings) {
      if (told.add(warning)) {
        context.listener().noticed(warning);
      }
    }
  }
}
