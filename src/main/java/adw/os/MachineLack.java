package adw.os;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Whether something failed because the machine lacks something just now: room, inodes, processes,
/// threads, memory, open files. That passes, and is nobody's fault: what failed so is tried again.
public final class MachineLack {
  /// What the C library says of EAGAIN, ENOMEM, ENFILE, EMFILE, ENOSPC and EDQUOT, and what
  /// [Native] does. The JDK and git hand on no number, only these words; both run in the C locale
  /// or say them in English where no other is installed.
  private static final List<String> WORDS =
      List.of(
          "resource temporarily unavailable",
          "cannot allocate memory",
          "not enough space",
          "too many open files",
          "no space left",
          "disk quota exceeded",
          "too many processes",
          "no memory",
          "unable to create native thread",
          "unable to create new native thread",
          "out of memory",
          "user limit of inotify");

  private MachineLack() {}

  /// Looks at the causes too.
  public static boolean isPassing(Throwable failure) {
    var seen = new HashSet<Throwable>();
    for (var at = failure; at != null && seen.add(at); at = at.getCause()) {
      if (at instanceof OutOfMemoryError || isPassing(String.valueOf(at.getMessage()))) {
        return true;
      }
    }
    return isSuppressed(failure, seen);
  }

  private static boolean isSuppressed(Throwable failure, Set<Throwable> seen) {
    for (var other : failure.getSuppressed()) {
      if (seen.add(other) && isPassing(other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPassing(String message) {
    var text = message.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(text::contains);
  }
}
