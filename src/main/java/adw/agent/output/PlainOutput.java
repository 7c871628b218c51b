package adw.agent.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// All that a program prints is its answer. Of long output the first and the last half mebibyte are
/// kept: a question stands at the end.
public final class PlainOutput implements OutputReader {
  private static final int HALF = CappedText.LIMIT / 2;

  private final StringBuilder head = new StringBuilder();
  private final StringBuilder tail = new StringBuilder();
  private boolean cut;

  @Override
  public void read(InputStream out, Consumer<OutputSoFar> news) throws IOException {
    // Malformed bytes become U+FFFD.
    try (var reader = new InputStreamReader(out, StandardCharsets.UTF_8)) {
      var block = new char[8192];
      for (var length = reader.read(block); length >= 0; length = reader.read(block)) {
        append(block, length);
      }
    }
    var draft = new OutputDraft();
    draft.text = text();
    draft.spoke = !draft.text.isEmpty();
    draft.turns = 1;
    draft.end(Optional.empty());
    news.accept(draft.toHeard());
  }

  private void append(char[] block, int length) {
    var first = Math.min(length, HALF - head.length());
    head.append(block, 0, first);
    tail.append(block, first, length - first);
    if (tail.length() > 2 * HALF) {
      tail.delete(0, tail.length() - HALF);
      cut = true;
    }
  }

  private String text() {
    if (tail.length() > HALF) {
      tail.delete(0, tail.length() - HALF);
      cut = true;
    }
    return (head + (cut ? CappedText.MARK + "\n" : "") + tail).strip();
  }
}
