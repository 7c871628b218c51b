package adw.flow.run;

import adw.flow.run.PhaseCaller.Reply;
import adw.text.PlainText;
import java.util.regex.Pattern;

/// What a failed call says, made fit for a prompt and a terminal.
final class FailureText {
  private static final Pattern TRANSIENT =
      Pattern.compile(
          "rate limit|rate-limit|rate_limit|ratelimit|too many"
              + " requests|overloaded|\\b(?:429|502|503|504)\\b|service unavailable|temporarily"
              + " unavailable|timeout|timed out|time out|econnreset|etimedout|socket hang ?up",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]{0,100}>([^<]{0,200})", Pattern.CASE_INSENSITIVE);
  private static final Pattern HTML =
      Pattern.compile("^\\s*<(?:!doctype html|html)\\b", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 4_096;
  private static final int ENDS = 200;

  private FailureText() {}

  static String text(Reply.Failed failed) {
    var message = PlainText.output(failed.message());
    if (HTML.matcher(message).find()) {
      var title = TITLE.matcher(message);
      return "Upstream returned non-JSON response ("
          + message.length()
          + " chars)."
          + (title.find() ? " Hint: " + title.group(1).strip() : "");
    }
    var line = message.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST
        ? line.substring(0, ENDS) + " … " + line.substring(line.length() - ENDS)
        : line;
  }

  /// Worth another try by itself: the wire or the other side was busy.
  static boolean isTransient(Reply.Failed failed) {
    return switch (failed.again()) {
      case NO -> false;
      case AS_WORDED -> TRANSIENT.matcher(text(failed)).find();
    };
  }
}
