package adw.run;

import java.util.List;
import java.util.Optional;

/// What a run was asked to do: the task as it stood when it was claimed, and what its tags
/// selected.
///
/// @param line 1-based line of the task file at the claim
/// @param scope NAME of a `## Git Worktree NAME` heading
/// @param name the task's `{#name}`
/// @param workflow name of the workflow, and the hash of its file where it has one
/// @param commitOptional whether the task may end without a commit (`#report`)
public record TaskSnapshot(
    String text,
    String body,
    int line,
    List<String> tags,
    Optional<String> scope,
    Optional<String> name,
    Optional<String> agent,
    Optional<String> model,
    Optional<String> base,
    Optional<String> timeout,
    Optional<Double> budget,
    Workflow workflow,
    boolean commitOptional,
    List<Prerequisite> prerequisites) {

  public TaskSnapshot {
    tags = List.copyOf(tags);
    prerequisites = List.copyOf(prerequisites);
  }

  /// The program that the tags selected.
  public record Workflow(String name, Optional<String> hash) {}

  /// A task that this one waited for.
  public record Prerequisite(String id, Optional<String> commit) {}

  /// What adw does of its own accord, and no line asks for.
  public static TaskSnapshot own(String text, String workflow) {
    return new TaskSnapshot(
        text,
        "",
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Workflow(workflow, Optional.empty()),
        true,
        List.of());
  }

  /// As the task reads now.
  public TaskSnapshot with(
      String newText, String newBody, List<String> newTags, Optional<String> newModel) {
    return new TaskSnapshot(
        newText,
        newBody,
        line,
        newTags,
        scope,
        name,
        agent,
        newModel,
        base,
        timeout,
        budget,
        workflow,
        commitOptional,
        prerequisites);
  }
}
