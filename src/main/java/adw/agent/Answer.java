package adw.agent;

import adw.run.Usage;
import java.time.Instant;
import java.util.Optional;

/// How a call to an agent ended.
public sealed interface Answer {
  Said said();

  /// The program ended well, gave its final answer, and no error in it.
  record Done(Said said) implements Answer {}

  /// @param message for people; one paragraph
  /// @param retryAt when it is worth another try, where somebody named a time
  record Failed(Said said, Kind kind, String message, Optional<Instant> retryAt)
      implements Answer {}

  default String text() {
    return said().text();
  }

  default Optional<String> session() {
    return said().session();
  }

  default Usage usage() {
    return said().usage();
  }

  default boolean isDone() {
    return this instanceof Done;
  }
}
