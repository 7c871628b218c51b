package adw.cli;

/// What every command understands.
record Options(String directory, Color color, Noise noise) {
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  enum Noise {
    QUIET,
    NORMAL,
    VERBOSE
  }

  static final Options NONE = new Options("", Color.AUTO, Noise.NORMAL);
}
