package adw.status;

import adw.planning.UnsentWords;
import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import adw.task.Mark;
import adw.task.Progress;
import adw.task.Task;
import adw.task.readiness.Decision;
import adw.text.Durations;
import adw.text.LocalClock;
import adw.text.RunId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says of each task how it stands. Reads the records only of runs that have not ended: a file with
/// a thousand ended tasks must not cost a thousand files.
///
/// Asks `instanceof` where a pattern switch would do: a switch makes classes at run time, which no
/// start-up cache holds, and costs 4 ms of each `adw status`.
public final class TaskStatuses {
  private final RunStore runs;
  private final Instant now;
  private final LocalClock clock;

  public TaskStatuses(RunStore runs, LocalClock clock) {
    this.runs = runs;
    this.now = clock.clock().instant();
    this.clock = clock;
  }

  List<TaskStatus> of(List<Decision> decisions) throws IOException {
    var standings = new ArrayList<TaskStatus>(decisions.size());
    for (var decision : decisions) {
      standings.add(of(decision));
    }
    return standings;
  }

  private TaskStatus of(Decision decision) throws IOException {
    var task = decision.task();
    if (task.isParked() && !task.mark().isEnd()) {
      return TaskStatus.of(task, TaskStatus.State.PARKED, "");
    }
    if (decision.state() instanceof Decision.Started) {
      return started(task);
    }
    if (decision.state() instanceof Decision.Waiting(var on)) {
      return TaskStatus.of(task, TaskStatus.State.WAITING, on);
    }
    if (decision.state() instanceof Decision.Held(var why, var cure)) {
      return new TaskStatus(task, TaskStatus.State.HELD, why, cure, Optional.empty());
    }
    if (decision.state() instanceof Decision.Group(var progress)) {
      return group(task, progress);
    }
    return TaskStatus.of(task, TaskStatus.State.READY, readyFor(decision.state()));
  }

  private static String readyFor(Decision.State state) {
    if (state instanceof Decision.Gate || state instanceof Decision.AsksFirst) {
      return "asks for approval next";
    }
    return state instanceof Decision.Due ? "due" : "";
  }

  private TaskStatus started(Task task) throws IOException {
    var mark = task.mark();
    if (mark instanceof Mark.Running(var id)) {
      return running(task, id);
    }
    if (mark instanceof Mark.NeedsYou(var id)) {
      return needsYou(task, id);
    }
    if (mark instanceof Mark.Done(var commit, _)) {
      return TaskStatus.of(task, TaskStatus.State.DONE, commit.orElse("without a commit"));
    }
    if (mark instanceof Mark.Malformed(var what, var cure, _)) {
      return new TaskStatus(task, TaskStatus.State.HELD, what, cure, Optional.empty());
    }
    return mark.isEnd() ? ended(task) : comesAgain(task);
  }

  private static TaskStatus ended(Task task) {
    var isFailed = task.mark() instanceof Mark.Failed;
    var state = isFailed ? TaskStatus.State.FAILED : TaskStatus.State.CANCELLED;
    return TaskStatus.of(task, state, task.tail().orElse(""));
  }

  private static TaskStatus comesAgain(Task task) {
    return task.mark() instanceof Mark.Retry
        ? TaskStatus.of(task, TaskStatus.State.READY, "again, from the start")
        : TaskStatus.of(task, TaskStatus.State.WAITING, "");
  }

  /// A group is never run itself; it stands as its subtasks do.
  private static TaskStatus group(Task task, Progress progress) {
    var state =
        switch (progress) {
          case EMPTY, PENDING -> TaskStatus.State.WAITING;
          case RUNNING -> TaskStatus.State.RUNNING;
          case DONE -> TaskStatus.State.DONE;
          case FAILED -> TaskStatus.State.FAILED;
        };
    return TaskStatus.of(task, state, "group of " + task.children().size());
  }

  private TaskStatus running(Task task, String id) throws IOException {
    var run = runs.find(id);
    if (run.isEmpty()) {
      return new TaskStatus(
          task,
          TaskStatus.State.RUNNING,
          "no record of this run here: started in another clone?",
          "[retry] starts it anew",
          run);
    }
    var since = Durations.words(elapsed(run.get()));
    return TaskStatus.of(task, TaskStatus.State.RUNNING, phase(run.get()) + " " + since).with(run);
  }

  private TaskStatus needsYou(Task task, String id) throws IOException {
    var run = runs.find(id);
    var asked = run.flatMap(TaskStatuses::findQuestion).or(task::tail).orElse("");
    return new TaskStatus(task, TaskStatus.State.NEEDS_YOU, asked, cure(task, run), run);
  }

  private String cure(Task task, Optional<Run> run) throws IOException {
    if (run.isPresent() && UnsentWords.find(runs.state(), run.get(), task).isPresent()) {
      return "answer seen, not sent: empty the brackets of the line";
    }
    return run.filter(asking -> asking.stage().asksForApproval())
        .map(gate -> RunId.digits(gate.id()))
        .map(id -> "adw approve " + id + ", or adw reject " + id)
        .orElse("write \"> your answer\" below the line and empty its brackets");
  }

  private static Optional<String> findQuestion(Run run) {
    return run.stage() instanceof Stage.Waiting(_, var wait) && !wait.message().isEmpty()
        ? Optional.of(wait.message())
        : Optional.empty();
  }

  /// What a run that has not ended is doing: `running`, `rate limit until 21:30`.
  public String phase(Run run) {
    return switch (run.stage()) {
      case Stage.Waiting(_, var wait) ->
          wait.why().word().replace('-', ' ')
              + wait.until().map(until -> " until " + clock(until)).orElse("");
      case Stage.Claimed _,
          Stage.Preparing _,
          Stage.Running _,
          Stage.Committing _,
          Stage.Verifying _,
          Stage.Reporting _,
          Stage.Ended _ ->
          run.stage().word();
    };
  }

  private String clock(Instant at) {
    return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(at.atZone(clock.zone()));
  }

  public Duration elapsed(Run run) {
    var from = run.times().started().orElse(run.times().claimed());
    return Duration.between(from, run.times().ended().orElse(now));
  }
}
