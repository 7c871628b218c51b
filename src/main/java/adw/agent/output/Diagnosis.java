package adw.agent.output;

import adw.agent.FailureKind;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Tells the kind of an error by its HTTP status and its words.
public final class Diagnosis {
  /// `status 401`, `API Error: 400`, `"code":429`, `(429)`, `last status: 429`, `503: ...` at the
  /// start.
  private static final Pattern STATUS =
      Pattern.compile(
          "(?:^|\\bstatus:? |\\bstatus code:? |\\berror:? |\"code\":\\s*|\\()([45]\\d\\d)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final List<String> CONTEXT =
      List.of(
          "prompt is too long",
          "prompt_too_long",
          "context window",
          "context length",
          "context_length",
          "contextoverflow",
          "maximum context");
  private static final List<String> SESSION =
      List.of(
          "no conversation found with session",
          "no rollout found",
          "no saved session found",
          "session not found",
          "session found in different project",
          "invalid session identifier");
  private static final List<String> BILLING =
      List.of(
          "credit balance",
          "billing_error",
          "insufficient_quota",
          "insufficient funds",
          "insufficient credits",
          "payment required",
          "check your plan and billing");
  private static final List<String> RATE =
      List.of(
          "rate limit",
          "rate_limit",
          "ratelimit",
          "too many requests",
          "usage limit",
          "limit reached",
          "hit your limit",
          "resource_exhausted",
          "quota");
  private static final List<String> AUTH =
      List.of(
          "authentication",
          "unauthorized",
          "unauthenticated",
          "invalid api key",
          "invalid x-api-key",
          "incorrect api key",
          "not logged in",
          "please run /login",
          "please log in",
          "missing environment variable",
          "no api key",
          "invalid auth method",
          "set an auth method",
          "oauth token has expired");
  private static final List<String> MODEL =
      List.of("model_not_found", "issue with the selected model", "modelnotfound", "unknown model");
  private static final List<String> OVERLOADED =
      List.of(
          "overloaded",
          "high demand",
          "server_error",
          "service unavailable",
          "temporarily unavailable",
          "bad gateway",
          "connection failed",
          "connection error",
          "connection refused",
          "cannot connect",
          "unable to connect",
          "stream disconnected",
          "fetch failed",
          "socket hang up",
          "econnrefused",
          "econnreset",
          "etimedout");

  private Diagnosis() {}

  static FailureKind of(String message) {
    return of(findStatus(message), message);
  }

  /// Words that name one cause come before the status, which may stand for several.
  public static FailureKind of(OptionalInt status, String message) {
    var words = message.toLowerCase(Locale.ROOT);
    if (contains(words, CONTEXT)) {
      return FailureKind.CONTEXT;
    }
    if (contains(words, SESSION)) {
      return FailureKind.SESSION;
    }
    // Gemini's 429 for a minute's quota speaks of billing too, but says when to try again.
    if (contains(words, BILLING) && !words.contains("retry in") && !words.contains("retrydelay")) {
      return FailureKind.BILLING;
    }
    return status.isPresent() ? ofStatus(status.getAsInt(), words) : ofWords(words);
  }

  static OptionalInt findStatus(String message) {
    var match = STATUS.matcher(message);
    return match.find() ? OptionalInt.of(Integer.parseInt(match.group(1))) : OptionalInt.empty();
  }

  private static FailureKind ofStatus(int status, String words) {
    return switch (status) {
      case 401, 403 -> FailureKind.AUTH;
      case 402 -> FailureKind.BILLING;
      case 404 -> FailureKind.MODEL;
      case 413 -> FailureKind.CONTEXT;
      case 429 -> FailureKind.RATE_LIMIT;
      case 408 -> FailureKind.OVERLOADED;
      default -> status >= 500 ? FailureKind.OVERLOADED : ofWords(words);
    };
  }

  private static FailureKind ofWords(String words) {
    if (contains(words, RATE)) {
      return FailureKind.RATE_LIMIT;
    }
    if (contains(words, AUTH)) {
      return FailureKind.AUTH;
    }
    if (contains(words, MODEL)) {
      return FailureKind.MODEL;
    }
    return contains(words, OVERLOADED) ? FailureKind.OVERLOADED : FailureKind.OTHER;
  }

  private static boolean contains(String words, List<String> any) {
    return any.stream().anyMatch(words::contains);
  }
}
