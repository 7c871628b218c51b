package adw.agent.program;

import adw.agent.FailureKind;
import adw.agent.output.OutputSoFar;
import java.util.Optional;

/// How a program ended.
///
/// @param code its exit code; 128 + n if it died of signal n
/// @param stopped why we ended it, if we did
/// @param lingered whether it was ended only because it did not end by itself after its answer
record ProgramEnd(
    OutputSoFar heard, int code, String err, Optional<Stop> stopped, boolean lingered) {
  /// @param message for people
  record Stop(FailureKind kind, String message) {}
}
