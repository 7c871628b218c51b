package adw.run;

/// What somebody wants of the daemon: from the terminal, the board, or an agent inside a run.
public sealed interface Request {
  /// Id of the run it is about.
  String run();

  record Cancel(String run, String why) implements Request {}

  /// A person did the task: the run is to end, its line stays as the person marked it.
  record TakeOver(String run) implements Request {}

  /// Start over: a new id, a new lineage; the old branch stays.
  record Retry(String run) implements Request {}

  /// Go on in the same worktree and session with this text: an answer, or feedback.
  record Continue(String run, String text, String by) implements Request {}

  record Approve(String run, String note, String by) implements Request {}

  record Reject(String run, String why, String by) implements Request {}
}
