package adw.status;

import adw.json.Json;
import adw.run.Run;
import adw.task.Task;
import adw.text.PlainText;
import java.util.Optional;

/// How one task stands, for people and for `--json`.
///
/// @param detail what there is to say beyond the state: a commit, a reason, what it waits for
/// @param cure what a person can do about it, or ""
public record TaskStatus(Task task, State state, String detail, String cure, Optional<Run> run) {
  public enum State {
    RUNNING("running", "🟡"),
    NEEDS_YOU("needs you", "❓"),
    READY("ready", "  "),
    WAITING("waiting", "⏰"),
    HELD("held", "⏸ "),
    DONE("done", "✅"),
    FAILED("failed", "❌"),
    CANCELLED("cancelled", "⊘ "),
    PARKED("parked", "  ");

    /// As it is shown, and with `-` for a blank in JSON.
    public final String word;

    /// Two columns wide.
    public final String sign;

    State(String word, String sign) {
      this.word = word;
      this.sign = sign;
    }
  }

  static TaskStatus of(Task task, State state, String detail) {
    return new TaskStatus(task, state, detail, "", Optional.empty());
  }

  TaskStatus with(Optional<Run> record) {
    return new TaskStatus(task, state, detail, cure, record);
  }

  /// One that would start, were it not for what holds all of them.
  TaskStatus heldBy(RepositoryStatus.Hold hold) {
    return state == State.READY
        ? new TaskStatus(task, State.HELD, hold.why(), hold.cure(), run)
        : this;
  }

  /// The text that people recognise the task by.
  public String title() {
    var title = PlainText.line(task.title());
    return title.isEmpty() ? PlainText.line(task.text()) : title;
  }

  public Json.Obj toJson() {
    return Json.Obj.empty()
        .with("line", task.line())
        .with("state", state.word.replace(' ', '-'))
        .with("text", task.text())
        .with("tags", Json.Arr.ofTexts(task.tags()))
        .with("name", task.name())
        .with("agent", task.agent())
        .with("scope", task.scope().name())
        .with("run", task.mark().id())
        .with("detail", detail)
        .with("cure", cure);
  }
}
