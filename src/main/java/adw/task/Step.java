package adw.task;

import java.util.Optional;

/// One state that the daemon gave to a line: in the write of that number, this marker and tail.
record Step(long seq, String marker, String tail, boolean moved) {
  Mark mark() {
    return Marker.read(Latin1.encode(marker)).orElseGet(Mark.Pending::new);
  }

  Optional<String> reason() {
    return tail.isEmpty() ? Optional.empty() : Optional.of(tail);
  }
}
