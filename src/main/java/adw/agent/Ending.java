package adw.agent;

import java.util.Optional;

/// How a program ended.
///
/// @param code its exit code; 128 + n if it died of signal n
/// @param stopped why we ended it, if we did
/// @param lingered whether it was ended only because it did not end by itself after its answer
record Ending(Heard heard, int code, String err, Optional<Stop> stopped, boolean lingered) {
  /// @param message for people
  record Stop(Kind kind, String message) {}
}
