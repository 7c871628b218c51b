package adw.agent;

import adw.spend.Usage;
import java.time.Instant;
import java.util.Optional;

/// How a call to an agent ended.
public sealed interface Answer {
  LastMessage said();

  /// The program ended well, gave its final answer, and no error in it.
  record Done(LastMessage said) implements Answer {}

  /// @param message for people; one paragraph
  /// @param retryAt when it is worth another try, where somebody named a time
  record Failed(LastMessage said, FailureKind kind, String message, Optional<Instant> retryAt)
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
