package adw.git;

import java.util.regex.Pattern;

/// Names in a tree that git would not check out, or not everywhere: for git itself to judge.
final class UnsafeNames {
  // `.git` as some file system might read it: case, trailing dots and blanks, streams, short names,
  // characters that HFS+ does not see.
  private static final Pattern DOT_GIT =
      Pattern.compile(
          "(?i)\\.git[ .]*(:.*)?|git~\\d+|.*[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff].*");

  private UnsafeNames() {}

  static boolean isSuspect(byte[] name) {
    if (name.length == 0) {
      return true;
    }
    return switch (name[0]) {
      case '.', 'g', 'G' -> isSuspect(text(name));
      default -> has(name, (byte) '\\') || (isOdd(name) && isSuspect(text(name)));
    };
  }

  private static boolean isSuspect(String name) {
    return name.equals(".")
        || name.equals("..")
        || name.indexOf('\\') >= 0
        || DOT_GIT.matcher(name).matches();
  }

  private static boolean isOdd(byte[] name) {
    return has(name, (byte) 0xe2) || has(name, (byte) 0xef);
  }

  private static boolean has(byte[] name, byte wanted) {
    for (var b : name) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  private static String text(byte[] name) {
    return new String(name, java.nio.charset.StandardCharsets.UTF_8);
  }
}
