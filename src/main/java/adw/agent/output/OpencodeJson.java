package adw.agent.output;

import adw.agent.FailureKind;
import adw.agent.ReportedError;
import adw.json.Json;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// OpenCode's `run --format json`.
public final class OpencodeJson implements EventDialect {
  private final CappedText words = new CappedText();

  @Override
  public Set<String> members() {
    return Set.of(
        "type",
        "sessionID",
        "part",
        "text",
        "reason",
        "tokens",
        "input",
        "output",
        "reasoning",
        "cache",
        "read",
        "write",
        "cost",
        "error",
        "name",
        "data",
        "message",
        "statusCode",
        "isRetryable",
        "responseHeaders",
        "retry-after");
  }

  @Override
  public void hear(Json.Obj event, OutputDraft draft) {
    draft.session = event.findText("sessionID").or(() -> draft.session);
    var part = event.findObject("part").orElse(Json.Obj.empty());
    switch (event.findText("type").orElse("")) {
      case "step_start" -> {
        words.clear();
        draft.goOn();
      }
      case "text" -> {
        words.append(words.isEmpty() ? "" : "\n");
        words.append(part.findText("text").orElse(""));
        draft.text = words.toString();
      }
      case "step_finish" -> hearFinish(part, draft);
      case "error" -> draft.end(Optional.of(trouble(event)));
      default -> {}
    }
  }

  /// Where it gives up because something was not allowed, it ends after a step for tools, with 0.
  private static void hearFinish(Json.Obj part, OutputDraft draft) {
    var tokens = part.findObject("tokens").orElse(Json.Obj.empty());
    var cache = tokens.findObject("cache").orElse(Json.Obj.empty());
    draft.add(
        OutputDraft.count(tokens, "input") + OutputDraft.count(cache, "write"),
        OutputDraft.count(tokens, "output") + OutputDraft.count(tokens, "reasoning"),
        OutputDraft.count(cache, "read"),
        part.findDouble("cost"));
    draft.turns++;
    draft.stop = part.findText("reason").orElse("");
    switch (draft.stop) {
      case "stop" -> draft.end(Optional.empty());
      case "length" ->
          draft.end(
              Optional.of(
                  ReportedError.of(
                      FailureKind.LIMIT, "the model's answer is longer than it may be")));
      default -> {}
    }
  }

  private static ReportedError trouble(Json.Obj event) {
    var error = event.findObject("error").orElse(Json.Obj.empty());
    var data = error.findObject("data").orElse(Json.Obj.empty());
    var name = error.findText("name").orElse("error");
    var message = data.findText("message").orElse(name);
    var status = data.findLong("statusCode").map(Long::intValue);
    var wait =
        data.findObject("responseHeaders")
            .flatMap(headers -> headers.findText("retry-after"))
            .map(seconds -> "retry after " + seconds + "s");
    return new ReportedError(
        kind(name, message, status, data.isTrue("isRetryable")), message, wait);
  }

  private static FailureKind kind(
      String name, String message, Optional<Integer> status, boolean isRetryable) {
    if (name.equals("UnknownError")) {
      return FailureKind.MODEL;
    }
    var kind =
        Diagnosis.of(
            status.map(OptionalInt::of).orElseGet(() -> Diagnosis.findStatus(message)),
            name + " " + message);
    return kind == FailureKind.OTHER && isRetryable ? FailureKind.OVERLOADED : kind;
  }
}
