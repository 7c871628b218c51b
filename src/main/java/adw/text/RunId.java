package adw.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The id of a run as it stands in the task file and in names of files and branches:
/// `adw_1a2b3c4d`, eight lower-case hex digits.
public final class RunId {
  public static final String PREFIX = "adw_";
  public static final int LENGTH = PREFIX.length() + 8;
  private static final Pattern ID = Pattern.compile("adw_[0-9a-f]{8}");

  /// What somebody may have left of one who types beside it.
  private static final Pattern ALMOST_ID = Pattern.compile("adw_[0-9a-z]{5,16}");

  private static final int SHORT_DIGITS = 4;

  private RunId() {}

  public static String of(int number) {
    return PREFIX + "%08x".formatted(number);
  }

  public static boolean isId(String text) {
    return text.length() == LENGTH && ID.matcher(text).matches();
  }

  /// All in a text, in order.
  public static List<String> findAll(String text) {
    return ID.matcher(text).results().map(MatchResult::group).toList();
  }

  /// The first that looks like one, though digits may be missing or others stand among them.
  public static Optional<String> findAlmost(String text) {
    return ALMOST_ID.matcher(text).results().map(MatchResult::group).findFirst();
  }

  /// As people type it: without the prefix, where it has one.
  public static String digits(String id) {
    return id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
  }

  /// Enough of the digits to name one of a few runs.
  public static String shortened(String id) {
    var digits = digits(id);
    return digits.substring(0, Math.min(SHORT_DIGITS, digits.length()));
  }

  /// The id, or its beginning, that was meant where the prefix may be left out.
  public static String withPrefix(String typed) {
    return typed.startsWith(PREFIX) ? typed : PREFIX + typed;
  }
}
