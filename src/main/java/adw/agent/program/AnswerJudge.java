package adw.agent.program;

import adw.agent.Answer;
import adw.agent.FailureKind;
import adw.agent.LastMessage;
import adw.agent.ReportedError;
import adw.agent.output.Diagnosis;
import adw.agent.output.RetryTime;
import adw.json.Json;
import adw.json.JsonException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Decides what became of a call. An exit code of 0 alone proves nothing: several programs give it
/// after an error or a signal. Done is exit 0, and a final answer, and no error in it.
final class AnswerJudge {
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>(.*?)</title", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final int LONG_MESSAGE = 4096;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 9,
          "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  private final Instant now;
  private final Supplier<ZoneId> zone;

  AnswerJudge(Instant now, Supplier<ZoneId> zone) {
    this.now = now;
    this.zone = zone;
  }

  Answer judge(ProgramEnd ending, LastMessage said) {
    var heard = ending.heard();
    if (ending.stopped().isPresent()) {
      var stop = ending.stopped().get();
      return new Answer.Failed(said, stop.kind(), stop.message(), Optional.empty());
    }
    if (heard.trouble().isPresent()) {
      return failed(said, heard.trouble().get());
    }
    if (heard.ended() && (ending.code() == 0 || ending.lingered())) {
      return new Answer.Done(said);
    }
    return failed(said, trouble(ending, said.text()));
  }

  private Answer failed(LastMessage said, ReportedError trouble) {
    var retryAt =
        trouble.kind().isPassing()
            ? trouble
                .hint()
                .flatMap(hint -> RetryTime.find(hint, now, zone.get()))
                .or(() -> RetryTime.find(trouble.message(), now, zone.get()))
            : Optional.<Instant>empty();
    return new Answer.Failed(said, trouble.kind(), tidy(trouble.message()), retryAt);
  }

  /// It told of no error itself: what it said on standard error does, else its exit code.
  private static ReportedError trouble(ProgramEnd ending, String text) {
    var signal = findSignal(ending.code());
    if (!ending.err().isEmpty() && ending.code() != 0) {
      var kind = ofErr(ending, ending.err(), signal);
      return ReportedError.of(kind, ending.err());
    }
    if (signal.isPresent()) {
      return ReportedError.of(FailureKind.KILLED, "Subagent killed by signal " + signal.get());
    }
    if (ending.code() == 0) {
      return ReportedError.of(FailureKind.KILLED, "ended without a final answer");
    }
    var stop = ending.heard().end().stop().isEmpty() ? "unknown" : ending.heard().end().stop();
    var message =
        text.isBlank()
            ? "Subagent exited with code " + ending.code() + " (stopReason: " + stop + ")"
            : text;
    return ReportedError.of(
        ending.heard().spoke() ? FailureKind.OTHER : FailureKind.SETUP, message);
  }

  private static FailureKind ofErr(ProgramEnd ending, String err, Optional<String> signal) {
    var kind = Diagnosis.of(OptionalInt.empty(), err);
    if (kind != FailureKind.OTHER) {
      return kind;
    }
    if (signal.isPresent()) {
      return FailureKind.KILLED;
    }
    return ending.heard().spoke() ? FailureKind.OTHER : FailureKind.SETUP;
  }

  /// `{"error":{"code":400,"message":"no such thing"}}`, also with other words around it.
  private static Optional<String> findError(String message) {
    var start = message.indexOf('{');
    var end = message.lastIndexOf('}');
    if (start < 0 || end < start) {
      return Optional.empty();
    }
    try {
      var json = Json.parseObject(message.substring(start, end + 1));
      var error = json.findObject("error").orElse(json);
      var code = error.findLong("code").map(number -> number + " ").orElse("");
      return error.findText("message").map(words -> code + words);
    } catch (JsonException noJson) {
      return Optional.empty();
    }
  }

  private static Optional<String> findSignal(int code) {
    return Optional.ofNullable(SIGNALS.get(code - 128));
  }

  /// On one line and not too long; a proxy's page in place of an answer becomes its title, and the
  /// JSON of a server's error what it says.
  static String tidy(String message) {
    var flat = findError(message).orElse(message).strip().replaceAll("\\s+", " ");
    if (flat.startsWith("<") && flat.toLowerCase(Locale.ROOT).contains("<html")) {
      var title = TITLE.matcher(flat);
      var hint = title.find() ? " Hint: " + title.group(1).strip() : "";
      return "Upstream returned non-JSON response (" + message.length() + " chars)." + hint;
    }
    if (flat.length() > LONG_MESSAGE) {
      return flat.substring(0, 200) + " … " + flat.substring(flat.length() - 200);
    }
    return flat;
  }
}
