package adw.cli.console;

/// What every command understands.
public record GlobalOptions(String directory, Color color, Noise noise) {
  public enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  public enum Noise {
    QUIET,
    NORMAL,
    VERBOSE
  }

  static final GlobalOptions NONE = new GlobalOptions("", Color.AUTO, Noise.NORMAL);
}
