package adw.agent;

import java.time.Instant;
import java.util.Optional;

/// Why an agent starts nothing at present.
///
/// @param until when it goes on by itself; absent: when a person says so
public record AgentPause(FailureKind kind, String why, Optional<Instant> until) {
  /// As the answer to a call that was not even made.
  Answer.Failed toAnswer(String agent) {
    var end = until.map(at -> " until " + at).orElse(" (adw agents --wake " + agent + ")");
    return new Answer.Failed(
        LastMessage.NOTHING, kind, agent + " is paused" + end + ": " + why, until);
  }
}
