package adw.agent;

import java.util.Optional;

/// An error that a program reported.
///
/// @param hint when to try again, in the program's own words or as seconds since 1970; see
///   [RetryTime]
public record ReportedError(FailureKind kind, String message, Optional<String> hint) {
  public static ReportedError of(FailureKind kind, String message) {
    return new ReportedError(kind, message, Optional.empty());
  }
}
