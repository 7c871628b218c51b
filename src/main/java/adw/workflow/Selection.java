package adw.workflow;

/// What the tags of a task select.
public sealed interface Selection {
  record Chosen(Workflow workflow) implements Selection {}

  /// Nothing that could run; the task is held.
  record Unusable(String why, String cure) implements Selection {}
}
