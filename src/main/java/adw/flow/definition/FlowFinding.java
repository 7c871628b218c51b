package adw.flow.definition;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One thing the check says about a flow.
///
/// @param line 0 where no line is known
public record FlowFinding(
    Rule rule, Optional<Path> file, int line, Optional<String> phase, String what, String cure) {

  /// What kind of thing was found, and how much it weighs.
  public enum Rule {
    SYNTAX("syntax", Weight.STOPS),
    SHAPE("shape", Weight.STOPS),
    UNKNOWN_KEY("unknown-key", Weight.STOPS),
    TYPE("wrong-type", Weight.STOPS),
    VALUE("wrong-value", Weight.STOPS),
    REFERENCE("reference", Weight.STOPS),
    CYCLE("cycle", Weight.STOPS),
    SIZE("size", Weight.STOPS),
    BUDGET("budget", Weight.STOPS),
    SUBFLOW("sub-flow", Weight.STOPS),
    ARGUMENT("argument", Weight.STOPS),
    STRICT("strict", Weight.STOPS),
    CONFINED("confined", Weight.STOPS),
    /// A mistake; a map without a list fails by itself and spends nothing.
    DANGLING_LIST("reference", Weight.ERROR),
    /// A mistake in a literal plan; the phase is done without output and spends nothing.
    PLAN("sub-flow", Weight.ERROR),
    /// A mistake, but what is connected can run.
    UNREACHABLE("unreachable", Weight.ERROR),
    /// A mistake; the phase fails by itself when it is reached and spends nothing.
    RECURSION("recursion", Weight.ERROR),
    /// A condition that does not say what it seems to; what it decides spends money.
    DOUBTFUL_CONDITION("condition", Weight.ERROR),
    /// A reference without its braces is a text, and an agent would be paid to read it.
    UNBRACED("reference", Weight.ERROR),
    /// A word that none of the known ones is; the phase runs all the same.
    UNKNOWN_WORD("wrong-value", Weight.ERROR),
    DEAD_END("dead-end", Weight.WARNING),
    GATE_EXHAUSTION("gate-exhaustion", Weight.WARNING),
    BUDGET_OVERFLOW("budget-overflow", Weight.WARNING),
    CONCURRENCY("concurrency", Weight.WARNING),
    GUARD_CONTRADICTION("guard-contradiction", Weight.WARNING),
    CONDITION("condition", Weight.WARNING),
    NO_EFFECT("no-effect", Weight.WARNING),
    UNKNOWN_ROLE("unknown-role", Weight.WARNING),
    /// A restriction that nobody can hold; the phase says so again when it runs.
    TOOLS("tools", Weight.WARNING),
    MISSING_ARGUMENT("missing-argument", Weight.WARNING),
    UNDECLARED_ARGUMENT("undeclared-argument", Weight.WARNING),
    CODEBASE("codebase", Weight.WARNING);

    private final String word;
    private final Weight weight;

    Rule(String word, Weight weight) {
      this.word = word;
      this.weight = weight;
    }

    public String word() {
      return word;
    }
  }

  /// How much a finding weighs.
  public enum Weight {
    WARNING,
    ERROR,
    STOPS
  }

  public static FlowFinding of(Rule rule, int line, String what, String cure) {
    return new FlowFinding(rule, Optional.empty(), line, Optional.empty(), what, cure);
  }

  public FlowFinding in(Path path) {
    return new FlowFinding(rule, Optional.of(file.orElse(path)), line, phase, what, cure);
  }

  public FlowFinding at(String id) {
    return new FlowFinding(rule, file, line, Optional.of(id), what, cure);
  }

  public boolean isError() {
    return rule.weight != Weight.WARNING;
  }

  /// Nothing may run before this is put right.
  public boolean stops() {
    return rule.weight == Weight.STOPS;
  }

  public static boolean anyStops(List<FlowFinding> findings) {
    return findings.stream().anyMatch(FlowFinding::stops);
  }

  /// `phase 'id': what, cure`
  public String message() {
    var where = phase.map(id -> "phase '" + id + "': ").orElse("");
    return where + what + (cure.isEmpty() ? "" : ", " + cure);
  }

  /// `file:line: phase 'id': what, cure`
  public String text() {
    var place = file.map(Path::toString).orElse("") + (line > 0 ? ":" + line : "");
    return (place.isEmpty() ? "" : (place.startsWith(":") ? "line " + line : place) + ": ")
        + message();
  }
}
