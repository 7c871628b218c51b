package adw.notify;

import adw.json.Json;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunEvent;
import adw.run.Stage;
import adw.text.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Something that a person who is not looking wants to know: a run has ended or needs them, or all
/// is done.
///
/// @param event `ended`, `needs-you` or `idle`
/// @param state how the run stands: `done`, `failed`, `cancelled`, `needs-you`; "" if it is of none
/// @param detail a commit, a reason, a question
public record Notification(
    String event, String run, String task, String state, String detail, String branch) {
  /// @param summary how the tasks stand
  static Notification idle(String summary) {
    return new Notification("idle", "", "", "", summary, "");
  }

  /// Of a step of a run, if it is one of these.
  public static Optional<Notification> find(RunEvent event, Run run) {
    return switch (event.kind()) {
      case "reported" -> run.outcome().map(outcome -> ended(run, outcome));
      case "waiting" ->
          run.stage() instanceof Stage.Waiting(_, var wait) && wait.why().needsPerson()
              ? Optional.of(of("needs-you", run, "needs-you", wait.message()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Notification ended(Run run, Outcome outcome) {
    var detail =
        switch (outcome) {
          case Outcome.Done(var commit, var setback) -> setback.orElse(commit);
          case Outcome.Failed(_, var reason) -> reason;
          case Outcome.Cancelled(var reason) -> reason;
          case Outcome.Answered _, Outcome.TakenOver _ -> "";
        };
    return of("ended", run, outcome.word(), detail);
  }

  private static Notification of(String event, Run run, String state, String detail) {
    return new Notification(
        event,
        run.id(),
        PlainText.line(run.order().text()),
        state,
        PlainText.line(detail),
        run.place().map(place -> place.branch()).orElse(""));
  }

  /// One sentence; chat programs show a member of that name.
  String text() {
    if (event.equals("idle")) {
      return "adw: nothing runs any more (" + detail + ")";
    }
    var shown = state.equals("done") && !detail.startsWith("round ") ? branch : detail;
    return "adw: " + state + ": " + task + (shown.isEmpty() ? "" : " (" + shown + ")");
  }

  Json.Obj toJson() {
    var json = Json.Obj.empty().with("text", text());
    for (var fact : facts().entrySet()) {
      json = json.with(fact.getKey(), fact.getValue());
    }
    return json;
  }

  /// What there is to say, by name.
  Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("event", event);
    facts.put("run", run);
    facts.put("task", task);
    facts.put("state", state);
    facts.put("detail", detail);
    facts.put("branch", branch);
    return facts;
  }
}
