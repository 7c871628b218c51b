package adw.task;

import java.util.regex.Pattern;

/// Masks what looks like a key, a token or a password.
final class Secrets {
  private static final String MASK = "***";

  /// Tokens that show by their own prefix what they are.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
              + "|glpat-[A-Za-z0-9_-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|A[KS]IA[A-Z0-9]{16}"
              + "|AIza[A-Za-z0-9_-]{30,}|npm_[A-Za-z0-9]{20,}|hf_[A-Za-z0-9]{20,}"
              + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*)");

  private static final Pattern NAMED =
      Pattern.compile(
          "((?:api[_-]?key|access[_-]?key|secret|token|password|passwd|pwd)[A-Za-z0-9_-]{0,20}"
              + "[\"']?\\s{0,2}[=:]\\s{0,2}[\"']?)[^\\s\"',;&]{4,}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BEARER =
      Pattern.compile("\\b((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}", Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_URL = Pattern.compile("(://[^\\s/:@]{0,100}:)[^\\s/@]+(?=@)");

  private Secrets() {}

  static String mask(String text) {
    var masked = TOKEN.matcher(text).replaceAll(MASK);
    masked = BEARER.matcher(masked).replaceAll("$1" + MASK);
    masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
    return IN_URL.matcher(masked).replaceAll("$1" + MASK);
  }
}
