package adw.run;

import java.util.Optional;

/// What somebody wants of the daemon: from the terminal, the board, or an agent inside a run.
public sealed interface Request {
  /// The run it is about.
  Optional<String> run();

  record Cancel(String id, String why) implements Request {
    @Override
    public Optional<String> run() {
      return Optional.of(id);
    }
  }

  /// Start over: a new id, a new lineage; the old branch stays.
  record Retry(String id) implements Request {
    @Override
    public Optional<String> run() {
      return Optional.of(id);
    }
  }

  /// Go on in the same worktree and session with this text: an answer, or feedback.
  record Continue(String id, String text, String by) implements Request {
    @Override
    public Optional<String> run() {
      return Optional.of(id);
    }
  }

  record Approve(String id, String note, String by) implements Request {
    @Override
    public Optional<String> run() {
      return Optional.of(id);
    }
  }

  record Reject(String id, String why, String by) implements Request {
    @Override
    public Optional<String> run() {
      return Optional.of(id);
    }
  }
}
