package adw.cli;

import adw.run.Json;
import adw.run.Run;
import adw.task.Task;
import java.util.Optional;

/// How one task stands, for people and for `--json`.
///
/// @param detail what there is to say beyond the state: a commit, a reason, what it waits for
/// @param cure what a person can do about it, or ""
record Standing(Task task, State state, String detail, String cure, Optional<Run> run) {
  enum State {
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
    final String word;

    /// Two columns wide.
    final String sign;

    State(String word, String sign) {
      this.word = word;
      this.sign = sign;
    }
  }

  static Standing of(Task task, State state, String detail) {
    return new Standing(task, state, detail, "", Optional.empty());
  }

  Standing with(Optional<Run> record) {
    return new Standing(task, state, detail, cure, record);
  }

  /// One that would start, were it not for what holds all of them.
  Standing heldBy(Overview.Hold hold) {
    return state == State.READY
        ? new Standing(task, State.HELD, hold.why(), hold.cure(), run)
        : this;
  }

  /// The text that people recognise the task by.
  String title() {
    var title = Cells.clean(task.title());
    return title.isEmpty() ? Cells.clean(task.text()) : title;
  }

  Json.Obj toJson() {
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
