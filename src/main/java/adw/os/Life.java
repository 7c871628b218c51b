package adw.os;

/// What can be said of a process from here. `UNKNOWN` must never be treated as dead.
public enum Life {
  ALIVE,
  DEAD,
  UNKNOWN
}
