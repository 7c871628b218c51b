package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a flow that an agent has written must not do: look, work or run programs outside the
/// working directory.
///
/// @param <X> what asking for a place may end with
public final class Confinement<X extends Exception> {
  /// The working directory, as far as it is known.
  ///
  /// @param <X> what asking it may end with
  public interface Place<X extends Exception> {
    boolean holds(String path) throws X;

    boolean holdsFile(String path) throws X;
  }

  private final Place<X> place;
  private final List<FlowFinding> findings = new ArrayList<>();

  private Confinement(Place<X> place) {
    this.place = place;
  }

  public static <X extends Exception> List<FlowFinding> of(Flow flow, Place<X> place) throws X {
    var confinement = new Confinement<X>(place);
    for (var phase : flow.phases()) {
      var manner = PlaceholderUse.manner(phase);
      if (manner.isPresent()) {
        confinement.confine(phase, manner.get());
      }
    }
    return confinement.findings;
  }

  private void confine(Phase phase, Phase.Manner manner) throws X {
    inside(phase, "cwd", manner.material().cwd());
    for (var file : manner.material().context()) {
      inside(phase, "context", Optional.of(file));
    }
    if (phase instanceof Phase.Script(_, _, var argv) && !argv.isEmpty()) {
      script(phase, argv.getFirst().text());
    }
  }

  private void inside(Phase phase, String key, Optional<Template> path) throws X {
    if (path.isPresent() && !place.holds(path.get().text())) {
      var what = "'" + key + "' names '" + path.get().text() + "', ";
      findings.add(
          FlowFinding.of(
                  Rule.CONFINED,
                  phase.common().line(),
                  what + "which lies outside the working directory",
                  "")
              .at(phase.id()));
    }
  }

  /// Programs of the repository only, never any of the machine.
  private void script(Phase phase, String program) throws X {
    if (!program.contains("/") || !place.holdsFile(program)) {
      findings.add(
          FlowFinding.of(
                  Rule.CONFINED,
                  phase.common().line(),
                  "'script' names '" + program + "'",
                  "a generated flow may only run a file of the repository, written with a slash")
              .at(phase.id()));
    }
  }
}
