package adw.agent.output;

import adw.agent.FailureKind;
import adw.agent.ReportedError;
import adw.json.Json;
import java.util.Optional;
import java.util.Set;

/// Pi's `--mode json`. It exits with 0 whatever happened: the last message tells.
public final class PiJson implements EventDialect {
  @Override
  public Set<String> members() {
    return Set.of(
        "type",
        "id",
        "message",
        "role",
        "model",
        "content",
        "text",
        "stopReason",
        "errorMessage",
        "usage",
        "input",
        "output",
        "cacheRead",
        "cacheWrite",
        "cost",
        "total");
  }

  @Override
  public void hear(Json.Obj event, OutputDraft draft) {
    switch (event.findText("type").orElse("")) {
      case "session" -> draft.session = event.findText("id");
      case "turn_start", "auto_retry_start", "tool_execution_start" -> draft.goOn();
      case "message_end" ->
          event
              .findObject("message")
              .filter(message -> message.findText("role").equals(Optional.of("assistant")))
              .ifPresent(message -> hearAssistant(message, draft));
      default -> {}
    }
  }

  private static void hearAssistant(Json.Obj message, OutputDraft draft) {
    draft.model = message.findText("model").or(() -> draft.model);
    findText(message).ifPresent(text -> draft.text = text);
    message.findObject("usage").ifPresent(usage -> hearUsage(usage, draft));
    draft.turns++;
    draft.stop = message.findText("stopReason").orElse("");
    switch (draft.stop) {
      case "toolUse" -> draft.goOn();
      case "error", "aborted" -> draft.end(Optional.of(trouble(message, draft.stop)));
      default -> draft.end(Optional.empty());
    }
  }

  private static Optional<String> findText(Json.Obj message) {
    return message.list("content").stream()
        .flatMap(part -> part instanceof Json.Obj block ? block.findText("text").stream() : null)
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  private static void hearUsage(Json.Obj usage, OutputDraft draft) {
    draft.add(
        OutputDraft.count(usage, "input") + OutputDraft.count(usage, "cacheWrite"),
        OutputDraft.count(usage, "output"),
        OutputDraft.count(usage, "cacheRead"),
        usage.findObject("cost").flatMap(cost -> cost.findDouble("total")));
  }

  private static ReportedError trouble(Json.Obj message, String stop) {
    var words = message.findText("errorMessage").orElse(stop);
    return ReportedError.of(
        stop.equals("aborted") ? FailureKind.KILLED : Diagnosis.of(words), words);
  }

  /// Exit 0 after not a single line is an empty answer.
  @Override
  public void close(OutputDraft draft) {
    draft.ended |= !draft.spoke;
  }
}
