package adw.task.file;

/// What git may have to do with a change of the task file. git is not a person: what it writes into
/// the file is no command.
///
/// Asked only when the file has changed, and the position at each reading of a tracked file; an
/// answer that reads the index should remember it by the index file's size and time.
public interface GitView {
  /// No repository, or a task file that git does not see.
  GitView NONE = new NoGit();

  /// Whether HEAD or the index knows the file.
  boolean isTracked();

  /// Changes whenever HEAD or the index entry of the file moves.
  String position();

  /// Whether git is writing at this moment (`index.lock` is there).
  boolean isWriting();

  /// Whether a merge, rebase, cherry-pick or revert waits to be finished.
  boolean isMerging();

  /// Whether these bytes are the file as HEAD, the index or a stash has it.
  boolean isStored(byte[] bytes);

  /// Whether the branch is checked out on which `adw run` was started.
  boolean isHome();

  /// The answers for a file that git does not see.
  record NoGit() implements GitView {
    @Override
    public boolean isTracked() {
      return false;
    }

    @Override
    public String position() {
      return "";
    }

    @Override
    public boolean isWriting() {
      return false;
    }

    @Override
    public boolean isMerging() {
      return false;
    }

    @Override
    public boolean isStored(byte[] bytes) {
      return false;
    }

    @Override
    public boolean isHome() {
      return true;
    }
  }
}
