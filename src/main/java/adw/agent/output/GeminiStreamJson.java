package adw.agent.output;

import adw.agent.FailureKind;
import adw.agent.ReportedError;
import adw.json.Json;
import java.util.Optional;
import java.util.Set;

/// Gemini CLI's `-o stream-json`.
public final class GeminiStreamJson implements EventDialect {
  private final CappedText words = new CappedText();

  @Override
  public Set<String> members() {
    return Set.of(
        "type",
        "session_id",
        "model",
        "role",
        "content",
        "status",
        "error",
        "message",
        "stats",
        "input",
        "output_tokens",
        "cached");
  }

  @Override
  public void hear(Json.Obj event, OutputDraft draft) {
    switch (event.findText("type").orElse("")) {
      case "init" -> {
        draft.session = event.findText("session_id");
        draft.model = event.findText("model");
      }
      case "message" -> hearMessage(event, draft);
      case "tool_use" -> {
        words.clear();
        draft.goOn();
      }
      case "result" -> hearResult(event, draft);
      default -> {}
    }
  }

  /// The answer comes in pieces; what was said before a tool was used is not part of it.
  private void hearMessage(Json.Obj event, OutputDraft draft) {
    if (event.findText("role").equals(Optional.of("assistant"))) {
      words.append(event.findText("content").orElse(""));
      draft.text = words.toString();
    }
  }

  private static void hearResult(Json.Obj event, OutputDraft draft) {
    var stats = event.findObject("stats").orElse(Json.Obj.empty());
    draft.add(
        OutputDraft.count(stats, "input"),
        OutputDraft.count(stats, "output_tokens"),
        OutputDraft.count(stats, "cached"),
        Optional.empty());
    draft.turns++;
    draft.stop = event.findText("status").orElse("");
    draft.end(
        draft.stop.equals("success") ? Optional.empty() : Optional.of(trouble(event, draft.stop)));
  }

  private static ReportedError trouble(Json.Obj event, String status) {
    var error = event.findObject("error").orElse(Json.Obj.empty());
    var message = error.findText("message").orElse(status);
    var isLimit = error.findText("type").equals(Optional.of("FatalTurnLimitedError"));
    return ReportedError.of(isLimit ? FailureKind.LIMIT : Diagnosis.of(message), message);
  }
}
