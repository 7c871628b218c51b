package adw.text;

import java.util.regex.Pattern;

/// Masks what looks like a key, a token or a password.
public final class Secrets {
  private static final String MASK = "***";

  /// Tokens that show by their own prefix what they are.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\b(?:sk-[A-Za-z0-9_-]{16,}|[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
              + "|glpat-[A-Za-z0-9_-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|A[KS]IA[A-Z0-9]{16}"
              + "|AIza[A-Za-z0-9_-]{30,}|npm_[A-Za-z0-9]{20,}|hf_[A-Za-z0-9]{20,}"
              + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*)");

  /// Of a key, also one whose lines were made one.
  private static final Pattern KEY_BLOCK =
      Pattern.compile(
          "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:(?!-----END).)*(?:-----END [A-Z0-9 ]*-----)?",
          Pattern.DOTALL);

  /// A line from the middle of one: base64 of that width, unlike a hash with capitals and digits.
  private static final Pattern KEY_LINE =
      Pattern.compile(
          "(?<![A-Za-z0-9+/])(?=[a-z0-9+/]*[A-Z])(?=[A-Za-z+/]*[0-9])(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{76})(?![A-Za-z0-9+/])");

  /// `STRIPE_KEY=…`, as shells write variables.
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\b([A-Z][A-Z0-9_]*_(?:KEY|PASS|PASSPHRASE|PWD|CREDENTIALS?|DSN)=[\"']?)[^\\s\"',;&]{4,}");

  private static final Pattern NAMED =
      Pattern.compile(
          "((?:api[_-]?key|access[_-]?key|secret|token|password|passwd|pwd)[A-Za-z0-9_-]{0,20}"
              + "[\"']?\\s{0,2}[=:]\\s{0,2}[\"']?)[^\\s\"',;&]{4,}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BEARER =
      Pattern.compile("\\b((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}", Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_URL = Pattern.compile("(://[^\\s/:@]{0,100}:)[^\\s/@]+(?=@)");

  private Secrets() {}

  public static String mask(String text) {
    var masked = KEY_BLOCK.matcher(text).replaceAll(MASK);
    masked = KEY_LINE.matcher(masked).replaceAll(MASK);
    masked = TOKEN.matcher(masked).replaceAll(MASK);
    masked = VARIABLE.matcher(masked).replaceAll("$1" + MASK);
    masked = BEARER.matcher(masked).replaceAll("$1" + MASK);
    masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
    return IN_URL.matcher(masked).replaceAll("$1" + MASK);
  }
}
