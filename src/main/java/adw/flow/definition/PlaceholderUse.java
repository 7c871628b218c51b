package adw.flow.definition;

import adw.flow.definition.Template.Reference;
import adw.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every placeholder of a phase with the key it stands in.
public final class PlaceholderUse {
  /// One placeholder. Only the condition of a loop may look at its own phase.
  record Site(String key, Reference reference) {}

  private final List<Site> sites = new ArrayList<>();

  private PlaceholderUse() {}

  static List<Site> of(Phase phase) {
    var references = new PlaceholderUse();
    phase.common().when().ifPresent(when -> references.add("when", when));
    references.addOwn(phase);
    return references.sites;
  }

  private void addOwn(Phase phase) {
    switch (phase) {
      case Phase.Single(_, var manner, var task) -> call(manner, task);
      case Phase.Reduce(_, var manner, var task) -> call(manner, task);
      case Phase.Parallel(_, var manner, var branches) -> {
        manner(manner);
        branches.forEach(branch -> add("branches", branch.task()));
      }
      case Phase.Each(_, var manner, var task, var over, _) -> {
        call(manner, task);
        if (over instanceof Phase.Over.Resolved(var template)) {
          add("over", template);
        }
      }
      case Phase.Gate(_, var manner, var task, var checks, _) -> {
        call(manner, task);
        checks.forEach(this::check);
      }
      case Phase.Approval(_, var message) -> add("task", message);
      case Phase.SubFlow(_, var body, var with) -> {
        if (body instanceof Phase.Body.Generated(var template)) {
          add("def", template);
        }
        with.values()
            .forEach(value -> {
              if (value instanceof Json.Str(var text)) {
                add("with", Template.of(text));
              }
            });
      }
      case Phase.Loop(_, var manner, var task, var until, _, _) -> {
        call(manner, task);
        add("until", until);
      }
      case Phase.Tournament tournament -> {
        manner(tournament.manner());
        tournament.competitors().stream().distinct().forEach(branch -> add("task", branch.task()));
        tournament.judge().ifPresent(judge -> add("judge", judge));
      }
      case Phase.Script(_, var manner, var argv) -> {
        manner(manner);
        argv.forEach(word -> add("script", word));
      }
    }
  }

  private void call(Phase.Manner manner, Template task) {
    manner(manner);
    add("task", task);
  }

  private void manner(Phase.Manner manner) {
    manner.material().cwd().ifPresent(cwd -> add("cwd", cwd));
    manner.material().context().forEach(file -> add("context", file));
  }

  private void check(Phase.Check check) {
    switch (check) {
      case Phase.Check.Holds(var condition) -> add("eval", condition);
      case Phase.Check.Contains(var left, _) -> add("eval", left);
    }
  }

  private void add(String key, Template template) {
    template.references().forEach(reference -> sites.add(new Site(key, reference)));
  }

  private void add(String key, Condition condition) {
    condition.references().forEach(reference -> sites.add(new Site(key, reference)));
  }

  /// How calls are made, for the phases that make any.
  public static Optional<Phase.Manner> manner(Phase phase) {
    return phase instanceof Phase.Calling calling
        ? Optional.of(calling.manner())
        : Optional.empty();
  }
}
