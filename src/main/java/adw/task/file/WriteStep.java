package adw.task.file;

import java.io.IOException;

/// Told at each step of the protocol; tests act between any two.
interface WriteStep {
  WriteStep NONE = _ -> {};

  enum Stage {
    LOCKED,
    LOOKED,
    WAITING,
    REPLAYED,
    PLANNED,
    DRAFTED,
    READY,
    EXCHANGED,
    RECORDED,
    SYNCED,
    CHECKED,
    ACCEPTED
  }

  void reached(Stage stage) throws IOException;
}
