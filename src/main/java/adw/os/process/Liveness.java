package adw.os.process;

/// What can be said of a process from here. `UNKNOWN` must never be treated as dead.
public enum Liveness {
  ALIVE,
  DEAD,
  UNKNOWN
}
