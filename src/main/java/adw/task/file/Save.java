package adw.task.file;

import adw.task.TaskDocument;

/// A text that somebody else wrote as the task file.
///
/// @param typed what its author wrote; the document may hold what others wrote meanwhile as well
/// @param displacedBy the write of ours whose exchange took it away from the file's name: whatever
///   we wrote since, its author cannot have seen
record Save(TaskDocument document, Origin origin, TaskDocument typed, long displacedBy) {
  Save(TaskDocument document, Origin origin) {
    this(document, origin, document, Long.MAX_VALUE);
  }

  boolean isMerged() {
    return typed != document;
  }

  Save asTyped() {
    return new Save(typed, origin, typed, displacedBy);
  }

  enum Origin {
    /// Under the file's name: everybody who saves after it can have seen it.
    FILE,
    /// Came out when the names were exchanged, or written into a file that was already displaced:
    /// it is put back by us, so that others cannot have seen it either.
    DISPLACED,
    /// Written by git: nothing in it is a command.
    GIT,
    /// The same on another branch: new lines are not for us.
    GIT_ELSEWHERE,
    /// A person's, but on another branch than the daemon was started on.
    ELSEWHERE,
    /// An earlier version that is wanted back: lines, not marks.
    RESTORED
  }

  boolean isGit() {
    return origin == Origin.GIT || origin == Origin.GIT_ELSEWHERE;
  }

  boolean isElsewhere() {
    return origin == Origin.ELSEWHERE || origin == Origin.GIT_ELSEWHERE;
  }

  boolean isRestored() {
    return origin == Origin.RESTORED;
  }
}
