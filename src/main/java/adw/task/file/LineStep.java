package adw.task.file;

import adw.task.ByteText;
import adw.task.Mark;
import adw.task.MarkParser;
import java.util.Optional;

/// One state that the daemon gave to a line: in the write of that number, this marker and tail.
record LineStep(long seq, String marker, String tail, boolean moved) {
  Mark mark() {
    return MarkParser.read(ByteText.encode(marker)).orElseGet(Mark.Pending::new);
  }

  Optional<String> reason() {
    return tail.isEmpty() ? Optional.empty() : Optional.of(tail);
  }
}
