package adw.agent;

/// What keeps a program from the rest of the disk.
public enum Sandbox {
  NONE,
  /// Bubblewrap; see [Bubblewrap].
  BWRAP
}
