package adw.task;

import java.util.List;

/// What stands first between the brackets, in all its spellings, as Latin-1 views of UTF-8.
enum MarkSign {
  WAIT("⏰", "⏳"),
  RUNNING("🟡"),
  NEEDS_YOU("❓"),
  DONE("✅", "✔", "☑", "x", "X"),
  FAILED("❌", "✖", "❎"),
  CANCELLED("⊘", "-"),
  RETRY("↻", "retry", "Retry");

  /// Variation selectors 15 and 16 choose between drawing and text; they mean nothing here.
  private static final List<String> SELECTORS =
      List.of(ByteText.encode("\uFE0E"), ByteText.encode("\uFE0F"));

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final String[] spellings;

  MarkSign(String... spellings) {
    this.spellings = new String[spellings.length];
    for (var i = 0; i < spellings.length; i++) {
      this.spellings[i] = ByteText.encode(spellings[i]);
    }
  }

  /// The length of this sign at the start of the text with its selectors; 0 when it is not there.
  int lengthAt(String text) {
    for (var spelling : spellings) {
      if (text.startsWith(spelling)) {
        return withSelectors(text, spelling.length());
      }
    }
    return 0;
  }

  private static int withSelectors(String text, int from) {
    var end = from;
    for (var i = 0; i < SELECTORS.size(); i++) {
      if (text.startsWith(SELECTORS.get(i), end)) {
        end += 3;
        i = -1;
      }
    }
    return end;
  }
}
