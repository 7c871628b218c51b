package adw.daemon.attempt;

import java.text.Normalizer;
import java.util.Locale;

/// A task's text as part of a branch name: ASCII, lower case, words joined by `-`.
final class BranchSlug {
  private static final int MAX = 40;

  private BranchSlug() {}

  static String of(String text) {
    var plain =
        Normalizer.normalize(
                text.replaceAll("(^|\\s)#[A-Za-z][A-Za-z0-9_-]*", " "), Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9\\s-]", "")
            .strip()
            .replaceAll("[\\s-]+", "-");
    var slug = plain.length() <= MAX ? plain : cut(plain);
    return slug.isEmpty() || slug.equals("-") ? "task" : slug.replaceAll("^-|-$", "");
  }

  private static String cut(String plain) {
    var dash = plain.lastIndexOf('-', MAX);
    return plain.substring(0, dash > 0 ? dash : MAX);
  }
}
