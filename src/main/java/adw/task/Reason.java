package adw.task;

/// The text that follows ` // `: one harmless line.
public final class Reason {
  private Reason() {}

  public static String of(String text) {
    return text.strip();
  }
}
