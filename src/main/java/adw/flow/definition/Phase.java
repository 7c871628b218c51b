package adw.flow.definition;

import adw.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// A node of the graph. What every phase has is in `Common`, how agents are called in `Manner`.
public sealed interface Phase {
  Common common();

  default String id() {
    return common().id();
  }

  /// One that calls agents or a program.
  sealed interface Calling extends Phase {
    Manner manner();
  }

  /// One agent does one task.
  record Single(Common common, Manner manner, Template task) implements Calling {}

  /// One agent puts the results of others together.
  record Reduce(Common common, Manner manner, Template task) implements Calling {}

  /// Tasks side by side.
  record Parallel(Common common, Manner manner, List<Branch> branches) implements Calling {}

  /// The same task for each item of a list.
  record Each(Common common, Manner manner, Template task, Over over, String as)
      implements Calling {}

  /// A review that can stop the flow.
  record Gate(Common common, Manner manner, Template task, List<Check> checks, boolean repeats)
      implements Calling {}

  /// A person decides.
  record Approval(Common common, Template message) implements Phase {}

  /// A flow as one phase.
  record SubFlow(Common common, Body body, SequencedMap<String, Json> with) implements Phase {}

  /// One task again and again.
  record Loop(
      Common common, Manner manner, Template task, Condition until, int most, boolean converges)
      implements Calling {}

  /// Several answers, of which a judge takes the best.
  record Tournament(
      Common common,
      Manner manner,
      List<Branch> competitors,
      Optional<Template> judge,
      Optional<String> judgeAgent,
      boolean aggregates)
      implements Calling {}

  /// A program of the repository, without an agent.
  record Script(Common common, Manner manner, List<Template> argv) implements Calling {}

  /// What every phase has.
  ///
  /// @param line where it stands in the file
  record Common(String id, String type, int line, Start start, Effect effect, Caching cache) {
    /// Everything the phase waits for, in the order in which `{previous.output}` looks at it.
    public List<String> dependencies() {
      return start.dependencies();
    }

    public Optional<Condition> when() {
      return start.when();
    }
  }

  /// When a phase starts.
  ///
  /// @param joinsAny the first of its dependencies is enough
  /// @param when it is skipped unless this holds
  record Start(
      List<String> dependsOn, List<String> from, boolean joinsAny, Optional<Condition> when) {
    private List<String> dependencies() {
      if (from.isEmpty()) {
        return dependsOn;
      }
      var all = new ArrayList<>(dependsOn);
      from.stream().filter(id -> !all.contains(id)).forEach(all::add);
      return all;
    }
  }

  /// What the result of a phase is for the flow.
  ///
  /// @param isFinal it is the result of the flow
  /// @param isOptional the flow ends well without it
  /// @param wantsJson the output is read as JSON
  record Effect(boolean isFinal, boolean isOptional, boolean wantsJson) {}

  /// How the calls of a phase are made.
  record Manner(Player player, Material material, Limits limits, Optional<ExpectedJson> expect) {}

  /// Who makes the calls of a phase; what is absent is for the role to say.
  record Player(
      Optional<String> agent,
      Optional<String> model,
      Optional<String> thinking,
      Optional<List<String>> tools) {}

  /// What the calls of a phase work with.
  ///
  /// @param cwd the folder they work in
  /// @param context files that stand before the prompt, each cut to the limit in characters
  record Material(Optional<Template> cwd, List<Template> context, int contextLimit) {
    static final int CONTEXT_LIMIT = 8000;
  }

  /// How long, how often and how many at once.
  record Limits(
      Optional<Duration> timeout,
      Optional<Duration> idleTimeout,
      Optional<Retry> retry,
      OptionalInt width) {}

  /// A task of a fan-out.
  record Branch(Template task, Optional<String> agent) {}

  /// The list of a map.
  sealed interface Over {
    record Written(List<Json> items) implements Over {}

    record Resolved(Template template) implements Over {}
  }

  /// The definition of a sub-flow.
  sealed interface Body {
    record Saved(String name) implements Body {}

    record Generated(Template template) implements Body {}

    record Inline(JsonNode definition) implements Body {}
  }

  /// A check of a gate: a condition, or `left contains text`.
  sealed interface Check {
    record Holds(Condition condition) implements Check {}

    record Contains(Template left, String text) implements Check {}

    static Check of(String text) {
      var at = text.indexOf(" contains ");
      return at > 0
          ? new Contains(
              Template.of(text.substring(0, at).strip()), text.substring(at + 10).strip())
          : new Holds(Condition.of(text));
    }
  }

  /// How often and after what pause a call is repeated.
  record Retry(int max, long backoffMillis, double factor) {}

  /// When a result may be used again.
  record Caching(Scope scope, Optional<Duration> ttl, List<String> fingerprint) {
    public enum Scope {
      RUN_ONLY,
      CROSS_RUN,
      OFF
    }

    static final Caching DEFAULT = new Caching(Scope.RUN_ONLY, Optional.empty(), List.of());
  }
}
