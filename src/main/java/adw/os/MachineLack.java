package adw.os;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// That the machine lacks something just now: room, inodes, processes, threads, open files. That
/// passes and is nobody's fault: what failed so is tried again. Here alone is decided what is one.
public final class MachineLack extends IOException {
  private static final long serialVersionUID = 1L;

  /// What the C library, [LibC] and the JVM say of EAGAIN, ENOMEM, ENFILE, EMFILE, ENOSPC and
  /// EDQUOT. Neither the JDK nor git hands on the number.
  private static final List<String> WORDS =
      List.of(
          "resource temporarily unavailable",
          "cannot allocate memory",
          "too many open files",
          "no space left",
          "disk quota exceeded",
          "too many processes",
          "cannot fork",
          "unable to create native thread");

  public MachineLack(String message) {
    super(message);
  }

  /// Whether the failure, or what caused it, is one.
  public static boolean isPassing(Throwable failure) {
    return isPassing(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean isPassing(Throwable failure, Set<Throwable> seen) {
    if (!seen.add(failure)) {
      return false;
    }
    if (failure instanceof MachineLack || isPassing(String.valueOf(failure.getMessage()))) {
      return true;
    }
    var cause = failure.getCause();
    if (cause != null && isPassing(cause, seen)) {
      return true;
    }
    for (var other : failure.getSuppressed()) {
      if (isPassing(other, seen)) {
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
