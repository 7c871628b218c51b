package adw.agent;

import java.util.Optional;

/// An error that a program reported.
///
/// @param hint when to try again, in the program's own words or as seconds since 1970; see
///   [RetryTime]
record Trouble(Kind kind, String message, Optional<String> hint) {
  static Trouble of(Kind kind, String message) {
    return new Trouble(kind, message, Optional.empty());
  }
}
