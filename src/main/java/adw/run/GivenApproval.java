package adw.run;

import adw.json.Json;
import adw.json.JsonFile;
import java.io.IOException;
import java.util.Optional;

/// The last answer that a person gave to a run that asked for approval: `approval.json` in the
/// run's folder, `{"answer":"yes","text":"gladly","by":"Ada","round":1}`.
///
/// @param round the run's process that asked; 0: asked before there was one
public record GivenApproval(ApprovalAnswer.Decision decision, String by, int round) {
  /// Of one that cannot be read nothing is concluded: the person is asked again.
  public static Optional<GivenApproval> find(StateFolder state, String run) throws IOException {
    var json = file(state, run).read();
    return json.findText("answer")
        .map(answer ->
            new GivenApproval(
                decision(answer, json.findText("text")),
                json.findText("by").orElse(""),
                json.findLong("round").orElse(0L).intValue()));
  }

  private static ApprovalAnswer.Decision decision(String answer, Optional<String> text) {
    return switch (answer) {
      case "yes" -> new ApprovalAnswer.Yes(text);
      case "edit" -> new ApprovalAnswer.Edit(text.orElse(""));
      default -> new ApprovalAnswer.No(text);
    };
  }

  public void write(StateFolder state, String run) throws IOException {
    var json = Json.Obj.empty().with("by", by).with("round", round);
    file(state, run)
        .write(
            switch (decision) {
              case ApprovalAnswer.Yes(var note) -> json.with("answer", "yes").with("text", note);
              case ApprovalAnswer.No(var why) -> json.with("answer", "no").with("text", why);
              case ApprovalAnswer.Edit(var text) -> json.with("answer", "edit").with("text", text);
            });
  }

  /// The run asks anew.
  public static void forget(StateFolder state, String run) throws IOException {
    file(state, run).delete();
  }

  /// As an agent reads it that goes on with it.
  public String words() {
    return switch (decision) {
      case ApprovalAnswer.Yes(var note) -> "approved" + note.map(text -> ": " + text).orElse("");
      case ApprovalAnswer.No(var why) -> "rejected" + why.map(text -> ": " + text).orElse("");
      case ApprovalAnswer.Edit(var text) -> "edit: " + text;
    };
  }

  private static JsonFile file(StateFolder state, String run) {
    return state.json("runs/" + run + "/approval.json");
  }
}
