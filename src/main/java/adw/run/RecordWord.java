package adw.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The word of a constant in records: `RATE_LIMIT` is `rate-limit`.
final class RecordWord {
  private RecordWord() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> Optional<E> find(E[] all, String word) {
    return Arrays.stream(all).filter(one -> of(one).equals(word)).findFirst();
  }
}
