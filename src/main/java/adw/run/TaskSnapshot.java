package adw.run;

import java.util.List;
import java.util.Optional;

/// What a run was asked to do: the task as it stood when it was claimed, and what its tags
/// selected.
///
/// @param scope NAME of a `## Git Worktree NAME` heading
/// @param name the task's `{#name}`
/// @param workflow name of the workflow, and the hash of its file where it has one
public record TaskSnapshot(
    Wording wording,
    Optional<String> scope,
    Optional<String> name,
    Wishes wishes,
    Workflow workflow,
    List<Prerequisite> prerequisites) {

  public TaskSnapshot {
    prerequisites = List.copyOf(prerequisites);
  }

  /// @param line 1-based line of the task file at the claim
  public record Wording(String text, String body, int line, List<String> tags) {
    public Wording {
      tags = List.copyOf(tags);
    }
  }

  /// What the task asks for instead of what is usual.
  ///
  /// @param timeout an ISO 8601 duration
  /// @param budget in US dollars
  /// @param commitOptional whether the task may end without a commit (`#report`)
  public record Wishes(
      Optional<String> agent,
      Optional<String> model,
      Optional<String> base,
      Optional<String> timeout,
      Optional<Double> budget,
      boolean commitOptional) {
    private Wishes withModel(Optional<String> other) {
      return new Wishes(agent, other, base, timeout, budget, commitOptional);
    }
  }

  /// The program that the tags selected.
  public record Workflow(String name, Optional<String> hash) {}

  /// A task that this one waited for.
  public record Prerequisite(String id, Optional<String> commit) {}

  /// What adw does of its own accord, and no line asks for.
  public static TaskSnapshot own(String text, String workflow) {
    return new TaskSnapshot(
        new Wording(text, "", 0, List.of()),
        Optional.empty(),
        Optional.empty(),
        new Wishes(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true),
        new Workflow(workflow, Optional.empty()),
        List.of());
  }

  public String text() {
    return wording.text();
  }

  public String body() {
    return wording.body();
  }

  public List<String> tags() {
    return wording.tags();
  }

  /// As the task reads now.
  public TaskSnapshot with(
      String newText, String newBody, List<String> newTags, Optional<String> newModel) {
    return new TaskSnapshot(
        new Wording(newText, newBody, wording.line(), newTags),
        scope,
        name,
        wishes.withModel(newModel),
        workflow,
        prerequisites);
  }
}
