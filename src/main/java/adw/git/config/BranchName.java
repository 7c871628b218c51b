package adw.git.config;

import java.util.regex.Pattern;

/// What git takes for the name of a branch (`git check-ref-format --branch`), told without git.
///
/// @see <a href="https://git-scm.com/docs/git-check-ref-format">git-check-ref-format</a>
public final class BranchName {
  private static final Pattern REFUSED =
      Pattern.compile(
          "^-.*|^@$|^HEAD$" // an option, and the names of what is checked out
              + "|.*[\\x00-\\x20\\x7f~^:?*\\[\\\\].*|.*\\.\\..*|.*@\\{.*"
              + "|^/.*|.*//.*|.*/$|.*\\.$"
              + "|(?:.*/)?\\..*|.*\\.lock(?:/.*)?",
          Pattern.DOTALL);

  private BranchName() {}

  public static boolean isValid(String name) {
    return !name.isEmpty() && !REFUSED.matcher(name).matches();
  }
}
