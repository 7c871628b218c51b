package adw.daemon.context;

import adw.run.RunEvent;

/// Who watches the loop: the terminal, a test.
public interface DaemonListener {
  /// A step of a run.
  void happened(RunEvent event);

  /// Something a person should know that belongs to no run; where, what, cure.
  void noticed(String notice);

  /// All that was to be done is done: nothing runs any more, and nothing is about to.
  default void rested() {}

  /// A run has come this far, and a crash now must lose nothing; for tests that crash here.
  default void reached(Step step) {}

  /// The places between which something is written that a recovery builds on.
  enum Step {
    BASE_RECORDED,
    BASE_WORKTREE_MADE,
    BASE_JUDGED,
    RECORDED,
    CLAIMED,
    PREPARING,
    WORKTREE_MADE,
    PREPARED,
    LINE_LAUNCHED,
    LAUNCHED,
    EXITED,
    COMMITTED,
    JUDGED,
    VERIFIED,
    NEXT_RECORDED,
    NEXT_CLAIMED,
    READY_RECORDED,
    READY_MADE,
    READY_SET_UP,
    READY_SEALED,
    READY_GIVEN,
    READY_GOING,
    MARKED,
    ENDED
  }

  /// Takes note of nothing.
  DaemonListener NONE =
      new DaemonListener() {
        @Override
        public void happened(RunEvent event) {}

        @Override
        public void noticed(String notice) {}
      };
}
