package adw.agent.output;

/// Text that is kept up to a limit; past it, its last line says that it was cut.
public final class CappedText {
  /// Characters; four times what a model writes in one answer.
  static final int LIMIT = 1 << 20;

  /// What stands where text was cut.
  public static final String MARK = "\n[cut: longer than 1 MiB]";

  private final StringBuilder text = new StringBuilder();
  private boolean cut;

  void append(String more) {
    var room = LIMIT - text.length();
    cut |= more.length() > room;
    text.append(more, 0, Math.min(more.length(), room));
  }

  void clear() {
    text.setLength(0);
    cut = false;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return cut ? text + MARK : text.toString();
  }
}
