package adw.agent.output;

import adw.agent.ReportedError;
import adw.json.Json;
import adw.spend.Usage;
import java.util.Optional;
import java.util.Set;

/// Codex's `exec --json`. Its usage is that of the whole thread, and it never tells a cost.
public final class CodexJsonl implements EventDialect {
  @Override
  public Set<String> members() {
    return Set.of(
        "type",
        "thread_id",
        "item",
        "text",
        "usage",
        "input_tokens",
        "cached_input_tokens",
        "output_tokens",
        "error",
        "message");
  }

  @Override
  public void hear(Json.Obj event, OutputDraft draft) {
    switch (event.findText("type").orElse("")) {
      case "thread.started" -> draft.session = event.findText("thread_id").or(() -> draft.session);
      case "turn.started" -> draft.goOn();
      case "item.completed" -> event.findObject("item").ifPresent(item -> hearItem(item, draft));
      case "turn.completed" -> hearEnd(event, draft);
      case "turn.failed" -> hearFailure(event, draft);
      default -> {} // also "error": it tells of attempts that may yet go well
    }
  }

  private static void hearItem(Json.Obj item, OutputDraft draft) {
    if (item.findText("type").equals(Optional.of("agent_message"))) {
      draft.text = item.findText("text").orElse("");
    }
  }

  private static void hearEnd(Json.Obj event, OutputDraft draft) {
    var usage = event.findObject("usage").orElse(Json.Obj.empty());
    var cached = OutputDraft.count(usage, "cached_input_tokens");
    var input = OutputDraft.count(usage, "input_tokens") - cached;
    var output = OutputDraft.count(usage, "output_tokens");
    draft.total = Optional.of(new Usage(input, output, cached, 0, 0));
    draft.turns++;
    draft.stop = "stop";
    draft.end(Optional.empty());
  }

  private static void hearFailure(Json.Obj event, OutputDraft draft) {
    var message =
        event.findObject("error").flatMap(error -> error.findText("message")).orElse("turn failed");
    draft.stop = "error";
    draft.end(Optional.of(ReportedError.of(Diagnosis.of(message), message)));
  }
}
