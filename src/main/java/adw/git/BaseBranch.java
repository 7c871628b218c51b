package adw.git;

import adw.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where runs start: a branch, its commit now, when the remote was last asked, and what a person
/// should know about that choice.
public record BaseBranch(
    String branch,
    String commit,
    String abbreviated,
    Optional<Instant> fetched,
    List<String> warnings) {
  public BaseBranch {
    warnings = List.copyOf(warnings);
  }

  /// `base main @1a2b3c4 (fetched 2m ago)`
  public String describe(Instant now) {
    var age = fetched.map(at -> " (fetched " + Durations.age(Duration.between(at, now)) + " ago)");
    return name() + age.orElse("");
  }

  /// `base main @1a2b3c4`; without a branch `base detached at 1a2b3c4`
  public String name() {
    return branch.equals("HEAD")
        ? "base detached at " + abbreviated
        : "base " + branch + " @" + abbreviated;
  }
}
