package adw.agent.output;

import adw.agent.FailureKind;
import adw.agent.ReportedError;
import adw.json.Json;
import adw.spend.Usage;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Claude Code's `--output-format stream-json`, and Qwen Code's, which is much the same.
public final class ClaudeStreamJson implements EventDialect {
  private static final Set<String> MEMBERS =
      Set.of(
          "type",
          "subtype",
          "session_id",
          "model",
          "message",
          "id",
          "content",
          "text",
          "usage",
          "input_tokens",
          "output_tokens",
          "cache_creation_input_tokens",
          "cache_read_input_tokens",
          "total_tokens",
          "parent_tool_use_id",
          "result",
          "is_error",
          "errors",
          "error",
          "api_error_status",
          "terminal_reason",
          "stop_reason",
          "num_turns",
          "total_cost_usd",
          "rate_limit_info",
          "status",
          "resetsAt");

  /// The price of what is under these names, a model each, must be found whatever the model's name.
  private static final Set<String> BY_MODEL = Set.of("modelUsage", "model_usage_since_last_result");

  /// What the results so far said was spent, and what the messages since then did: all but the
  /// last, and the last.
  private Usage billed = Usage.NONE;

  private Usage settled = Usage.NONE;
  private Usage unsettled = Usage.NONE;
  private String message = "";
  private Optional<String> resetsAt = Optional.empty();

  @Override
  public Set<String> members() {
    return MEMBERS;
  }

  @Override
  public Set<String> openMembers() {
    return BY_MODEL;
  }

  @Override
  public void hear(Json.Obj event, OutputDraft draft) {
    draft.session = event.findText("session_id").or(() -> draft.session);
    switch (event.findText("type").orElse("")) {
      case "system" -> draft.model = event.findText("model").or(() -> draft.model);
      case "assistant" -> hearAssistant(event, draft);
      case "rate_limit_event" -> event.findObject("rate_limit_info").ifPresent(this::hearRate);
      case "result" -> hearResult(event, draft);
      default -> {}
    }
  }

  /// One message comes as several events, each with the usage of the whole.
  private void hearAssistant(Json.Obj event, OutputDraft draft) {
    if (event.findText("parent_tool_use_id").isPresent()) {
      return;
    }
    draft.ended = false;
    var body = event.findObject("message").orElse(Json.Obj.empty());
    var text = text(body);
    if (!text.isBlank()) {
      draft.text = text;
    }
    var id = body.findText("id").orElse("");
    if (!id.equals(message)) {
      settled = settled.plus(unsettled);
      message = id;
      draft.turns++;
    }
    unsettled = tokens(body.findObject("usage").orElse(Json.Obj.empty()));
    draft.usage = billed.plus(settled).plus(unsettled);
  }

  private static String text(Json.Obj message) {
    var text = new CappedText();
    for (var part : message.list("content")) {
      if (part instanceof Json.Obj block && block.findText("type").equals(Optional.of("text"))) {
        text.append(text.isEmpty() ? "" : "\n");
        text.append(block.findText("text").orElse(""));
      }
    }
    return text.toString();
  }

  /// Qwen counts cached tokens among the input, Claude beside it; only Qwen gives a total.
  private static Usage tokens(Json.Obj usage) {
    var input = OutputDraft.count(usage, "input_tokens");
    var cached = OutputDraft.count(usage, "cache_read_input_tokens");
    var output = OutputDraft.count(usage, "output_tokens");
    var written = OutputDraft.count(usage, "cache_creation_input_tokens");
    return new Usage(isWhole(usage) ? input - cached : input + written, output, cached, 0, 0);
  }

  private static boolean isWhole(Json.Obj usage) {
    return usage.find("total_tokens").isPresent();
  }

  private void hearRate(Json.Obj limits) {
    if (limits.findText("status").equals(Optional.of("rejected"))) {
      resetsAt = limits.findLong("resetsAt").map(String::valueOf);
    }
  }

  private void hearResult(Json.Obj event, OutputDraft draft) {
    event.findText("result").filter(text -> !text.isEmpty()).ifPresent(text -> draft.text = text);
    draft.turns = event.findLong("num_turns").map(Long::intValue).orElse(draft.turns);
    draft.stop = event.findText("stop_reason").orElse("");
    hearUsage(event, draft);
    draft.end(findTrouble(event, draft.text));
  }

  /// What this call has cost is told per model by newer versions. Older ones tell the session's
  /// total. Qwen's result mixes both up after a resume: there the sum over the messages stands.
  private void hearUsage(Json.Obj event, OutputDraft draft) {
    var own = event.findObject("model_usage_since_last_result");
    var all = event.findObject("modelUsage");
    if (own.isPresent()) {
      billed = billed.plus(sum(own.get()));
      settled = Usage.NONE;
      unsettled = Usage.NONE;
      draft.usage = billed;
      draft.costed = true;
    } else if (all.isPresent()) {
      draft.usage = Usage.NONE;
      draft.total = Optional.of(sum(all.get()));
      draft.costed = true;
    } else {
      event
          .findObject("usage")
          .filter(usage -> !isWhole(usage))
          .ifPresent(usage -> draft.usage = tokens(usage));
    }
  }

  private static Usage sum(Json.Obj byModel) {
    var sum = Usage.NONE;
    for (var member : byModel.members().values()) {
      if (member instanceof Json.Obj model) {
        sum =
            sum.plus(
                new Usage(
                    OutputDraft.count(model, "inputTokens")
                        + OutputDraft.count(model, "cacheCreationInputTokens"),
                    OutputDraft.count(model, "outputTokens"),
                    OutputDraft.count(model, "cacheReadInputTokens"),
                    model.findDouble("costUSD").orElse(0.0),
                    0));
      }
    }
    return sum;
  }

  /// Qwen calls an error of its model's servers a success that reads `[API Error: ...]`.
  private Optional<ReportedError> findTrouble(Json.Obj event, String text) {
    if (!event.isTrue("is_error") && !text.startsWith("[API Error")) {
      return Optional.empty();
    }
    var errors = String.join("; ", event.texts("errors"));
    var message = event.findText("result").filter(words -> !words.isEmpty()).orElse(errors);
    return Optional.of(new ReportedError(kind(event, message), message, resetsAt));
  }

  private static FailureKind kind(Json.Obj event, String message) {
    return switch (event.findText("subtype").orElse("")) {
      case "error_max_turns" -> FailureKind.LIMIT;
      case "error_max_budget_usd" -> FailureKind.BUDGET;
      default -> {
        var reason = event.findText("terminal_reason").orElse("");
        var status = event.findLong("api_error_status").map(Long::intValue);
        yield Diagnosis.of(
            status.map(OptionalInt::of).orElseGet(() -> Diagnosis.findStatus(message)),
            message + " " + reason);
      }
    };
  }
}
